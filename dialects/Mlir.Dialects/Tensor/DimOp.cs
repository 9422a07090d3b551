namespace Mlir.Dialects.Tensor;

/// <summary>The size of one dimension of a tensor.</summary>
/// <example><code>%n = tensor.dim %t, %i : tensor&lt;?xf32></code></example>
[Op("tensor.dim", Format = "attr-dict $source `,` $index `:` type($source)")]
public sealed partial class DimOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Source { get; }

    /// <summary>Which dimension; out of range is undefined.</summary>
    [Operand<Dialects.Index>]
    public partial Value Index { get; }

    /// <summary>The size.</summary>
    [Result<Dialects.Index>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "dim";

    /// <summary>The dimension, where it is a constant.</summary>
    public long? ConstantIndex =>
        Index.Definer is IConstantLike { ConstantValue: IntegerAttr { Int64: var index } } ? index : null;

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        if (
            operands[1] is not IntegerAttr { Int64: >= 0 and var dim }
            || Source.Type is not RankedTensorType type
            || dim >= type.Rank
        )
        {
            return false;
        }

        // dim(t : tensor<4xf32>, 0) → 4
        if (!type.IsDynamicDim((int)dim))
        {
            results[0] = IntegerAttr.Get(IndexType.Instance, type.Shape[(int)dim]);
            return true;
        }

        // dim(empty(n), 0) → n, and likewise for the other operations that name their sizes
        var size = Source.Definer switch
        {
            EmptyOp empty => ShapeFacts.DynamicSize(type, empty.DynamicSizes, (int)dim),
            SplatOp splat => ShapeFacts.DynamicSize(type, splat.DynamicSizes, (int)dim),
            GenerateOp generate => ShapeFacts.DynamicSize(type, generate.DynamicExtents, (int)dim),
            ExpandShapeOp expand => ShapeFacts.DynamicSize(type, expand.OutputShape, (int)dim),
            ExtractSliceOp slice when slice.StaticSizes.Values.Count == type.Rank => ShapeFacts.DynamicSize(
                type,
                slice.Sizes,
                (int)dim
            ),
            _ => null,
        };
        if (size is not null)
        {
            results[0] = size;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (
            Source.Type is RankedTensorType type
            && ConstantIndex is { } dim
            && (dim < 0 || dim >= type.Rank)
            && type.Rank == 0
        )
        {
            verifier.Error(this, "tensor of rank 0 has no dimensions");
        }
    }
}
