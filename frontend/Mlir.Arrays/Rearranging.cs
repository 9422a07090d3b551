using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Elements moved, repeated, joined and surrounded.</summary>
public static class Rearranging
{
    /// <summary>The tensor with further elements <paramref name="before"/> and <paramref name="after"/> those of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">A width is negative, or the mode needs elements and there are none.</exception>
    public static Tensor<T> Pad<T>(this Tensor<T> x, int axis, int before, int after, PadMode mode)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var length = source.Lengths[axis];
        Padding.Check(before, after, length, mode);
        return mode == PadMode.Constant
            ? x.Pad(axis, before, after, default(T)!)
            : source.Along(axis, before + length + after, i => Padding.Place(i - before, length, mode)).ToTensor();
    }

    /// <summary>The tensor with <paramref name="value"/> <paramref name="before"/> and <paramref name="after"/> the elements of an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">A width is negative.</exception>
    public static Tensor<T> Pad<T>(this Tensor<T> x, int axis, int before, int after, T value)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var length = source.Lengths[axis];
        Padding.Check(before, after, length, PadMode.Constant);
        var lengths = (nint[])source.Lengths.Clone();
        lengths[axis] += before + after;
        var from = new nint[source.Rank];
        return Dense<T>
            .Fill(
                lengths,
                at =>
                {
                    at.CopyTo(from, 0);
                    from[axis] -= before;
                    return from[axis] >= 0 && from[axis] < length ? source[from] : value;
                }
            )
            .ToTensor();
    }

    /// <summary>The elements moved along an axis; those that leave at one end come in at the other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Roll<T>(this Tensor<T> x, int shift, int axis)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var length = source.Lengths[axis];
        return source.Along(axis, length, i => Padding.Wrap(i - shift, length)).ToTensor();
    }

    /// <summary>The tensor repeated as a whole, so many times along each axis; shapes align at the end.</summary>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static Tensor<T> Tile<T>(this Tensor<T> x, params int[] repetitions)
    {
        var source = Dense<T>.Of(x);
        var times = Lengths.Of(repetitions);
        var rank = Math.Max(times.Length, source.Rank);
        nint[] counts = [.. Enumerable.Repeat((nint)1, rank - times.Length), .. times];
        nint[] whole = [.. Enumerable.Repeat((nint)1, rank - source.Rank), .. source.Lengths];
        var tile = new Dense<T>(source.Data, whole);
        var from = new nint[rank];
        return Dense<T>
            .Fill(
                [.. whole.Zip(counts, (l, c) => l * c)],
                at =>
                {
                    for (var d = 0; d < rank; d++)
                    {
                        from[d] = at[d] % whole[d];
                    }

                    return tile[from];
                }
            )
            .ToTensor();
    }

    /// <summary>The tensor with each element of an axis repeated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public static Tensor<T> Repeat<T>(this Tensor<T> x, int count, int axis)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        return count >= 0
            ? source.Along(axis, source.Lengths[axis] * count, i => i / count).ToTensor()
            : throw new ArgumentException("the count must not be negative", nameof(count));
    }

    extension(Tensor)
    {
        /// <summary>Tensors joined along an axis that they have.</summary>
        /// <exception cref="ArgumentException">There are no tensors, or sizes other than that along the axis differ.</exception>
        public static Tensor<T> Concatenate<T>(Tensor<T>[] tensors, int axis)
        {
            var parts = Parts(tensors);
            axis = Axes.Normalize(axis, parts[0].Rank);
            var lengths = (nint[])parts[0].Lengths.Clone();
            lengths[axis] = 0;
            foreach (var part in parts)
            {
                var others = (nint[])part.Lengths.Clone();
                if (others.Length == lengths.Length)
                {
                    others[axis] = lengths[axis];
                }

                if (!others.AsSpan().SequenceEqual(lengths))
                {
                    throw new ArgumentException("The sizes of the tensors differ.", nameof(tensors));
                }

                lengths[axis] += part.Lengths[axis];
            }

            var from = new nint[lengths.Length];
            return Dense<T>
                .Fill(
                    lengths,
                    at =>
                    {
                        at.CopyTo(from, 0);
                        var part = 0;
                        for (; from[axis] >= parts[part].Lengths[axis]; part++)
                        {
                            from[axis] -= parts[part].Lengths[axis];
                        }

                        return parts[part][from];
                    }
                )
                .ToTensor();
        }

        /// <summary>Tensors of one shape joined along a new axis.</summary>
        /// <exception cref="ArgumentException">There are no tensors, or their shapes differ.</exception>
        public static Tensor<T> Stack<T>(Tensor<T>[] tensors, int axis)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            return Tensor.Concatenate([.. tensors.Select(t => t.ExpandDims(axis))], axis);
        }
    }

    private static Dense<T>[] Parts<T>(Tensor<T>[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors.Length > 0
            ? [.. tensors.Select(Dense<T>.Of)]
            : throw new ArgumentException("there must be a tensor", nameof(tensors));
    }
}
