namespace Mlir.Dialects.Llvm;

/// <summary>The bitwise or of all elements.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.or"(%v) : (vector&lt;4xi32>) -> i32</code></example>
[Op("llvm.intr.vector.reduce.or")]
public sealed partial class VectorReduceOrOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmIntegerVector>]
    public partial Value In { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
