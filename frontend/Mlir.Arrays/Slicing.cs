using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Parts of tensors, chosen as Python chooses them: negative indices count from the end, and ranges are cut to what there is.</summary>
public static class Slicing
{
    /// <summary>The elements whose index along an axis lies from <paramref name="start"/> up to but not at <paramref name="stop"/>.</summary>
    /// <remarks>With a negative step, from <paramref name="start"/> down to but not at <paramref name="stop"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The step is zero.</exception>
    public static Tensor<T> SliceAxis<T>(this Tensor<T> x, int axis, int start, int stop, int step = 1) =>
        Take(x, axis, new SliceRange(start, stop, step));

    /// <summary>The elements whose index along an axis is <paramref name="start"/> or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> SliceAxis<T>(this Tensor<T> x, int axis, int start) =>
        Take(x, axis, new SliceRange(start, null, 1));

    /// <summary>The part that a subscript in NumPy's notation names, as <c>x.Slice("1:-1, ::2")</c>.</summary>
    /// <remarks>Items are indices, ranges <c>start:stop:step</c>, <c>...</c> and <c>newaxis</c>.</remarks>
    /// <exception cref="ArgumentException">The text is no subscript of the tensor.</exception>
    /// <exception cref="IndexOutOfRangeException">An index lies outside its axis.</exception>
    public static Tensor<T> Slice<T>(this Tensor<T> x, string subscript)
    {
        var source = Dense<T>.Of(x);
        var lengths = new List<nint>();
        var axes = new List<(int Result, nint First, nint Step)>();
        foreach (var item in SliceItem.Parse(subscript, source.Rank))
        {
            switch (item)
            {
                case SliceItem.At { Index: var index }:
                    axes.Add((-1, Indices.Check(index, source.Lengths[axes.Count]), 0));
                    break;
                case SliceItem.Part { Range: var range }:
                    var (first, count) = range.In(source.Lengths[axes.Count]);
                    axes.Add((lengths.Count, first, range.Step));
                    lengths.Add(count);
                    break;
                default:
                    lengths.Add(1);
                    break;
            }
        }

        var from = new nint[source.Rank];
        return Dense<T>
            .Fill(
                lengths.Count == 0 ? [1] : [.. lengths],
                at =>
                {
                    for (var d = 0; d < from.Length; d++)
                    {
                        from[d] = axes[d].First + (axes[d].Result < 0 ? 0 : at[axes[d].Result] * axes[d].Step);
                    }

                    return source[from];
                }
            )
            .ToTensor();
    }

    /// <summary>The elements in the opposite order along an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Flip<T>(this Tensor<T> x, int axis) => Take(x, axis, new SliceRange(null, null, -1));

    private static Tensor<T> Take<T>(Tensor<T> x, int axis, SliceRange range)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var (first, count) = range.In(source.Lengths[axis]);
        return source.Along(axis, count, i => first + (i * range.Step)).ToTensor();
    }
}
