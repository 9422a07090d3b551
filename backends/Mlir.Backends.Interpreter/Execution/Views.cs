using Mlir.Dialects;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Views of arrays and checked access to them.</summary>
internal static class Views
{
    /// <summary>The storage position of the element at the subscripts in <paramref name="registers"/>.</summary>
    /// <exception cref="UndefinedBehaviorException">A subscript is out of range, or the array was freed.</exception>
    public static long Position(ArrayValue array, long[] scalars, int[] registers, Operation op)
    {
        if (array.Storage.IsFreed)
        {
            throw new UndefinedBehaviorException(op.Name, "uses an array that was freed", op.Location);
        }

        var position = array.Offset;
        for (var i = 0; i < registers.Length; i++)
        {
            var index = scalars[registers[i]];
            if ((ulong)index >= (ulong)array.Sizes[i])
            {
                throw OutOfRange(op, index, i, array.Sizes[i]);
            }

            position += index * array.Strides[i];
        }

        return position;
    }

    /// <summary>The error for a subscript out of range.</summary>
    public static UndefinedBehaviorException OutOfRange(Operation op, long index, int dimension, long size) =>
        new(op.Name, $"has the subscript {index} in dimension {dimension} of size {size}", op.Location);

    /// <summary>The part of an array from offsets, with sizes and strides; dimensions that the result lacks are dropped.</summary>
    public static ArrayValue Slice(
        ArrayValue array,
        long[] offsets,
        long[] sizes,
        long[] strides,
        bool[] dropped,
        Operation op
    )
    {
        var position = array.Offset;
        var (newSizes, newStrides) = (new List<long>(), new List<long>());
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0 || offsets[i] < 0 || offsets[i] > array.Sizes[i])
            {
                throw OutOfRange(op, offsets[i], i, array.Sizes[i]);
            }

            if (sizes[i] > 0)
            {
                var last = checked(offsets[i] + ((sizes[i] - 1) * strides[i]));
                if ((ulong)last >= (ulong)array.Sizes[i] || offsets[i] >= array.Sizes[i])
                {
                    throw OutOfRange(op, last, i, array.Sizes[i]);
                }
            }

            position += offsets[i] * array.Strides[i];
            if (!dropped[i])
            {
                newSizes.Add(sizes[i]);
                newStrides.Add(array.Strides[i] * strides[i]);
            }
        }

        return new ArrayValue(array.Storage, position, [.. newSizes], [.. newStrides]);
    }

    /// <summary>Which dimensions of a slice the rank-reduced <paramref name="result"/> lacks.</summary>
    public static bool[] DroppedDimensions(ISlice slice, ShapedType result)
    {
        // From the left, a size that the result has next is kept; a static one is dropped where it does not fit or where too few remain.
        var sizes = slice.StaticSizes.Values;
        var dropped = new bool[sizes.Count];
        var kept = 0;
        for (var i = 0; i < sizes.Count; i++)
        {
            if (kept < result.Rank && sizes[i] == result.Shape[kept])
            {
                kept++;
            }
            else
            {
                dropped[i] = sizes[i] == 1;
                kept += dropped[i] ? 0 : 1;
            }
        }

        return dropped;
    }

    /// <summary>The same elements with each group of <paramref name="groups"/> of dimensions as one.</summary>
    public static ArrayValue Collapse(ArrayValue array, int[][] groups, bool mayCopy)
    {
        array = mayCopy ? array.Dense() : array;
        var sizes = new long[groups.Length];
        var strides = new long[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            sizes[i] = 1;
            strides[i] = 1;
            foreach (var d in groups[i])
            {
                sizes[i] *= array.Sizes[d];
                if (array.Sizes[d] != 1)
                {
                    strides[i] = array.Strides[d];
                }
            }
        }

        return new ArrayValue(array.Storage, array.Offset, sizes, strides);
    }

    /// <summary>The same elements with each dimension split into the group of <paramref name="groups"/>.</summary>
    public static ArrayValue Expand(ArrayValue array, int[][] groups, long[] sizes, bool mayCopy, Operation op)
    {
        array = mayCopy ? array.Dense() : array;
        var strides = new long[sizes.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            var (stride, product) = (array.Strides[i], 1L);
            for (var k = groups[i].Length - 1; k >= 0; k--)
            {
                strides[groups[i][k]] = stride;
                stride *= sizes[groups[i][k]];
                product *= sizes[groups[i][k]];
            }

            if (product != array.Sizes[i])
            {
                throw new UndefinedBehaviorException(
                    op.Name,
                    $"splits the size {array.Sizes[i]} into a product of {product}",
                    op.Location
                );
            }
        }

        return new ArrayValue(array.Storage, array.Offset, sizes, strides);
    }

    /// <summary>Checks that an array has the static sizes of a type.</summary>
    public static void CheckSizes(ArrayValue array, ShapedType type, Operation op)
    {
        if (!type.HasRank)
        {
            return;
        }

        var fits = array.Rank == type.Rank;
        for (var i = 0; fits && i < type.Rank; i++)
        {
            fits = type.IsDynamicDim(i) || type.Shape[i] == array.Sizes[i];
        }

        if (!fits)
        {
            throw new UndefinedBehaviorException(
                op.Name,
                $"has an array of sizes [{string.Join(", ", array.Sizes)}] where the type says {type}",
                op.Location
            );
        }
    }
}
