namespace Mlir.Dialects.Llvm;

/// <summary>The bitwise and of all elements.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.and"(%v) : (vector&lt;4xi32>) -> i32</code></example>
[Op("llvm.intr.vector.reduce.and")]
public sealed partial class VectorReduceAndOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmIntegerVector>]
    public partial Value In { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
