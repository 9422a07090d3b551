using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Elements chosen by tensors of indices; negative indices count from the end.</summary>
public static class Gathering
{
    /// <summary>For each index the part of <paramref name="x"/> at that place of an axis, as <c>numpy.take</c>: the shape of the indices takes the place of the axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index lies outside the axis.</exception>
    public static Tensor<T> Take<T, TIndex>(this Tensor<T> x, Tensor<TIndex> indices, int axis)
        where TIndex : IBinaryInteger<TIndex>
    {
        var (source, at) = (Dense<T>.Of(x), Dense<TIndex>.Of(indices));
        axis = Axes.Normalize(axis, source.Rank);
        var length = source.Lengths[axis];
        return Dense<T>
            .Fill(
                [.. source.Lengths[..axis], .. at.Lengths, .. source.Lengths[(axis + 1)..]],
                place =>
                    source[
                        [
                            .. place[..axis],
                            Indices.Check(long.CreateSaturating(at[place.AsSpan(axis, at.Rank)]), length),
                            .. place[(axis + at.Rank)..],
                        ]
                    ]
            )
            .ToTensor();
    }

    /// <summary>For each index the element at that place of an axis and otherwise at the place of the index, as <c>numpy.take_along_axis</c>.</summary>
    /// <exception cref="ArgumentException">The ranks differ, or sizes other than that along the axis do.</exception>
    /// <exception cref="IndexOutOfRangeException">An index lies outside the axis.</exception>
    public static Tensor<T> TakeAlongAxis<T, TIndex>(this Tensor<T> x, Tensor<TIndex> indices, int axis)
        where TIndex : IBinaryInteger<TIndex>
    {
        var (source, at) = (Dense<T>.Of(x), Dense<TIndex>.Of(indices));
        axis = Axes.Normalize(axis, source.Rank);
        nint[] expected = [.. source.Lengths];
        if (at.Rank == source.Rank)
        {
            expected[axis] = at.Lengths[axis];
        }

        if (!expected.AsSpan().SequenceEqual(at.Lengths))
        {
            throw new ArgumentException("The sizes of the indices differ from those of the tensor.", nameof(indices));
        }

        var from = new nint[source.Rank];
        return Dense<T>
            .Fill(
                at.Lengths,
                place =>
                {
                    place.CopyTo(from, 0);
                    from[axis] = Indices.Check(long.CreateSaturating(at[place]), source.Lengths[axis]);
                    return source[from];
                }
            )
            .ToTensor();
    }
}
