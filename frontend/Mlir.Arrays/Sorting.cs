using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Sorting along an axis. Equal elements keep their order, and NaNs come last in both directions.</summary>
public static class Sorting
{
    /// <summary>The elements along an axis in ascending order, as <c>numpy.sort</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Sort<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Order(x, axis, false).Values;

    /// <summary>The elements along an axis in ascending or descending order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Sort<T>(this Tensor<T> x, int axis, bool descending)
        where T : INumber<T> => Order(x, axis, descending).Values;

    /// <summary>Where the elements along an axis come from in ascending order, as <c>numpy.argsort(kind="stable")</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<long> ArgSort<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Order(x, axis, false).Indices;

    /// <summary>Where the elements along an axis come from in ascending or descending order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<long> ArgSort<T>(this Tensor<T> x, int axis, bool descending)
        where T : INumber<T> => Order(x, axis, descending).Indices;

    /// <summary>The <paramref name="k"/> largest elements along an axis, the largest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has fewer elements, or <paramref name="k"/> is negative.</exception>
    public static Tensor<T> TopK<T>(this Tensor<T> x, int k, int axis)
        where T : INumber<T> => First(Order(x, axis, true).Values, k, axis);

    /// <summary>Where the <paramref name="k"/> largest elements along an axis come from, the largest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has fewer elements, or <paramref name="k"/> is negative.</exception>
    public static Tensor<long> ArgTopK<T>(this Tensor<T> x, int k, int axis)
        where T : INumber<T> => First(Order(x, axis, true).Indices, k, axis);

    private static (Tensor<T> Values, Tensor<long> Indices) Order<T>(Tensor<T> x, int axis, bool descending)
        where T : INumber<T>
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var (before, along, behind) = source.Split(axis);
        var (values, indices) = (new Dense<T>(source.Lengths), new Dense<long>(source.Lengths));
        var order = Comparer<T>.Create((a, b) => Compare(a, b, descending));
        for (nint i = 0; i < before; i++)
        {
            for (nint k = 0; k < behind; k++)
            {
                var (first, step) = ((i * along * behind) + k, behind);
                var at = first;

                // LINQ's sort is stable.
                foreach (var j in Enumerable.Range(0, (int)along).OrderBy(j => source.Data[first + (j * step)], order))
                {
                    (values.Data[at], indices.Data[at]) = (source.Data[first + (j * step)], j);
                    at += step;
                }
            }
        }

        return (values.ToTensor(), indices.ToTensor());
    }

    private static int Compare<T>(T a, T b, bool descending)
        where T : INumber<T> =>
        T.IsNaN(a) || T.IsNaN(b) ? T.IsNaN(a).CompareTo(T.IsNaN(b))
        : a == b ? 0
        : (a < b) == descending ? 1
        : -1;

    private static Tensor<T> First<T>(Tensor<T> sorted, int k, int axis)
    {
        var source = Dense<T>.Of(sorted);
        axis = Axes.Normalize(axis, source.Rank);
        if (k < 0 || k > source.Lengths[axis])
        {
            throw new ArgumentException("The axis has fewer elements than are asked for.");
        }

        nint[] lengths = [.. source.Lengths];
        lengths[axis] = k;
        return Dense<T>.Fill(lengths, at => source[at]).ToTensor();
    }
}
