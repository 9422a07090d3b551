namespace Mlir.Dialects.Llvm;

/// <summary>The least element, unsigned.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.umin"(%v) : (vector&lt;4xi32>) -> i32</code></example>
[Op("llvm.intr.vector.reduce.umin")]
public sealed partial class VectorReduceUMinOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmIntegerVector>]
    public partial Value In { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
