namespace Mlir.Dialects.Llvm;

/// <summary>The greatest element, unsigned.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.umax"(%v) : (vector&lt;4xi32>) -> i32</code></example>
[Op("llvm.intr.vector.reduce.umax")]
public sealed partial class VectorReduceUMaxOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmIntegerVector>]
    public partial Value In { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
