using Mlir.Dialects;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What a slice says of each dimension.</summary>
internal static class SliceFacts
{
    /// <summary>Offset, size and stride in one dimension; a value where the number is <see cref="ShapedType.Dynamic"/>.</summary>
    internal sealed record Dim(
        long Offset,
        Value? OffsetValue,
        long Size,
        Value? SizeValue,
        long Stride,
        Value? StrideValue
    );

    /// <summary>Dimension <paramref name="dim"/> of a slice.</summary>
    public static Dim DimOf(ISlice slice, int dim) =>
        new(
            slice.StaticOffsets.Values[dim],
            ValueOf(slice.StaticOffsets, slice.Offsets, dim),
            slice.StaticSizes.Values[dim],
            ValueOf(slice.StaticSizes, slice.Sizes, dim),
            slice.StaticStrides.Values[dim],
            ValueOf(slice.StaticStrides, slice.Strides, dim)
        );

    /// <summary>The dimensions of the source that <paramref name="result"/> still has; the others are of size one.</summary>
    public static int[] KeptDims(ISlice slice, ShapedType result)
    {
        var kept = new List<int>();
        var sizes = slice.StaticSizes.Values.Span;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (kept.Count < result.Rank && result.Shape[kept.Count] == sizes[i])
            {
                kept.Add(i);
            }
        }

        return [.. kept];
    }

    /// <summary>A slice of <paramref name="source"/>; a dimension that is null is taken whole.</summary>
    /// <param name="emit">Where it goes.</param>
    /// <param name="source">What is sliced.</param>
    /// <param name="dims">For each dimension its part.</param>
    /// <param name="dropped">For each dimension whether the result lacks it.</param>
    public static Value Slice(Emitter emit, Value source, Dim?[] dims, bool[] dropped)
    {
        var type = (RankedTensorType)source.Type;
        var (offsets, sizes, strides) = (new List<Value>(), new List<Value>(), new List<Value>());
        var parts = dims.Select(
                (d, k) =>
                    d
                    ?? (
                        type.IsDynamicDim(k)
                            ? new Dim(0, null, ShapedType.Dynamic, Shapes.Dim(emit, source, k), 1, null)
                            : new Dim(0, null, type.Shape[k], null, 1, null)
                    )
            )
            .ToArray();
        foreach (var part in parts)
        {
            AddIfAny(offsets, part.OffsetValue);
            AddIfAny(sizes, part.SizeValue);
            AddIfAny(strides, part.StrideValue);
        }

        return emit.Insert(
            new ExtractSliceOp(
                emit.Location,
                source,
                [.. offsets],
                [.. sizes],
                [.. strides],
                DenseArrayAttr.I64([.. parts.Select(p => p.Offset)]),
                DenseArrayAttr.I64([.. parts.Select(p => p.Size)]),
                DenseArrayAttr.I64([.. parts.Select(p => p.Stride)]),
                RankedTensorType.Get([.. parts.Where((_, k) => !dropped[k]).Select(p => p.Size)], type.ElementType)
            )
        ).Result;
    }

    private static void AddIfAny(List<Value> values, Value? value)
    {
        if (value is not null)
        {
            values.Add(value);
        }
    }

    private static Value? ValueOf(DenseArrayAttr known, OperandList values, int dim) =>
        known.Values[dim] == ShapedType.Dynamic ? values[known.Values.Span[..dim].Count(ShapedType.Dynamic)] : null;
}
