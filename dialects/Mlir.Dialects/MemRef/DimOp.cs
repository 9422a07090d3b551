namespace Mlir.Dialects.MemRef;

/// <summary>The size of one dimension of an array.</summary>
/// <example><code>%n = memref.dim %m, %i : memref&lt;?xf32></code></example>
[Op("memref.dim", Format = "attr-dict $source `,` $index `:` type($source)")]
public sealed partial class DimOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
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
            || Source.Type is not MemRefType type
            || dim >= type.Rank
        )
        {
            return false;
        }

        // dim(m : memref<4xf32>, 0) → 4
        if (!type.IsDynamicDim((int)dim))
        {
            results[0] = IntegerAttr.Get(IndexType.Instance, type.Shape[(int)dim]);
            return true;
        }

        // dim(alloc(n), 0) → n, and likewise for the other operations that name their sizes
        var size = Source.Definer switch
        {
            AllocOp alloc => ShapeFacts.DynamicSize(type, alloc.DynamicSizes, (int)dim),
            AllocaOp alloca => ShapeFacts.DynamicSize(type, alloca.DynamicSizes, (int)dim),
            ExpandShapeOp expand => ShapeFacts.DynamicSize(type, expand.OutputShape, (int)dim),
            ReinterpretCastOp cast => ShapeFacts.DynamicSize(type, cast.Sizes, (int)dim),
            SubViewOp view when view.StaticSizes.Values.Count == type.Rank => ShapeFacts.DynamicSize(
                type,
                view.Sizes,
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
}
