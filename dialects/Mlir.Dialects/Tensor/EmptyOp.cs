namespace Mlir.Dialects.Tensor;

/// <summary>A tensor of some shape whose elements are not set yet: the destination of what computes them.</summary>
/// <example><code>%e = tensor.empty(%n) : tensor&lt;?x4xf32></code></example>
[Op("tensor.empty", Format = "`(` $dynamicSizes `)` attr-dict `:` type($result)")]
public sealed partial class EmptyOp : Operation, IPure
{
    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList DynamicSizes { get; }

    /// <summary>The tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        ShapeFacts.VerifyDynamicSizes(this, DynamicSizes, (ShapedType)Result.Type, verifier);
}
