using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Other shapes and orders of axes for the same elements, in row-major order.</summary>
public static class Shaping
{
    /// <summary>The same elements with other sizes, one of which may be −1: it follows from the others.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public static Tensor<T> Reshape<T>(this Tensor<T> x, params int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        var source = Dense<T>.Of(x);
        return new Dense<T>(source.Data, Lengths.Resolve(source.Data.Length, lengths)).ToTensor();
    }

    /// <summary>All elements in one dimension.</summary>
    public static Tensor<T> Flatten<T>(this Tensor<T> x) => x.Reshape(-1);

    /// <summary>Without the dimension <paramref name="axis"/>, whose size is 1; the only dimension stays.</summary>
    /// <exception cref="ArgumentException">The size is not 1.</exception>
    public static Tensor<T> Squeeze<T>(this Tensor<T> x, int axis)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        if (source.Lengths[axis] != 1)
        {
            throw new ArgumentException("cannot drop an axis whose size is not 1", nameof(axis));
        }

        nint[] lengths = [.. source.Lengths[..axis], .. source.Lengths[(axis + 1)..]];
        return new Dense<T>(source.Data, lengths.Length == 0 ? [1] : lengths).ToTensor();
    }

    /// <summary>With one more dimension of size 1, which becomes number <paramref name="axis"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result has no such axis.</exception>
    public static Tensor<T> ExpandDims<T>(this Tensor<T> x, int axis)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank + 1);
        return new Dense<T>(source.Data, [.. source.Lengths[..axis], 1, .. source.Lengths[axis..]]).ToTensor();
    }

    /// <summary>With the axes in another order: axis i of the result is axis <c>axes[i]</c>, as <c>numpy.transpose</c>.</summary>
    /// <exception cref="ArgumentException">The axes are not a permutation.</exception>
    public static Tensor<T> Permute<T>(this Tensor<T> x, params int[] axes)
    {
        var source = Dense<T>.Of(x);
        var order = Axes.Permutation(axes, source.Rank);
        var from = new nint[source.Rank];
        return Dense<T>
            .Fill(
                [.. order.Select(d => source.Lengths[d])],
                at =>
                {
                    for (var i = 0; i < order.Length; i++)
                    {
                        from[order[i]] = at[i];
                    }

                    return source[from];
                }
            )
            .ToTensor();
    }

    /// <summary>With two axes exchanged.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> SwapAxes<T>(this Tensor<T> x, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Permute(Axes.Swapped(first, second, x.Rank));
    }

    /// <summary>With one axis at another position; the others keep their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> MoveAxis<T>(this Tensor<T> x, int source, int destination)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Permute(Axes.Moved(source, destination, x.Rank));
    }
}
