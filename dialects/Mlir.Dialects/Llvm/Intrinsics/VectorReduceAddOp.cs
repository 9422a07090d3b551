namespace Mlir.Dialects.Llvm;

/// <summary>The sum of all elements, wrapping.</summary>
/// <example><code>%r = "llvm.intr.vector.reduce.add"(%v) : (vector&lt;4xi32>) -> i32</code></example>
[Op("llvm.intr.vector.reduce.add")]
public sealed partial class VectorReduceAddOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmIntegerVector>]
    public partial Value In { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
