namespace Mlir.Dialects.Tensor;

/// <summary>The elements of a tensor, in row-major order, under a shape that is itself a tensor.</summary>
/// <example><code>%r = tensor.reshape %t(%shape) : (tensor&lt;?xf32>, tensor&lt;2xi32>) -> tensor&lt;?x?xf32></code></example>
[Op("tensor.reshape", Format = "$source `(` $shape `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class ReshapeOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Source { get; }

    /// <summary>The sizes of the result.</summary>
    [Operand<IntegerTensor>]
    public partial Value Shape { get; }

    /// <summary>The reshaped tensor.</summary>
    [Result<AnyTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "reshape";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((ShapedType)Source.Type, (ShapedType)Result.Type);
        if (source.ElementType != result.ElementType)
        {
            verifier.Error(this, "element types of source and destination tensor types should be the same");
        }

        if (source.HasStaticShape && result.HasStaticShape && source.ElementCount != result.ElementCount)
        {
            verifier.Error(this, "source and destination tensor should have the same number of elements");
        }

        if (
            result.HasRank
            && ((ShapedType)Shape.Type).Shape[0] is var rank
            && rank != ShapedType.Dynamic
            && rank != result.Rank
        )
        {
            verifier.Error(this, "length of shape operand differs from the result's tensor rank");
        }
    }
}
