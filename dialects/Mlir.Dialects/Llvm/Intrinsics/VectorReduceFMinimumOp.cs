namespace Mlir.Dialects.Llvm;

/// <summary>The least element; NaN when one is a NaN.</summary>
/// <example><code>%r = llvm.intr.vector.reduce.fminimum(%v) : (vector&lt;4xf32>) -> f32</code></example>
[Op("llvm.intr.vector.reduce.fminimum", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class VectorReduceFMinimumOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmFloatVector>]
    public partial Value In { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The reduced value.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector) => LlvmShapes.Scalar(vector.Type);
}
