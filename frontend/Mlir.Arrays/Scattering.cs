using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Parts of a tensor replaced or increased at given places of its first axis; negative indices count from the end.</summary>
public static class Scattering
{
    /// <summary>
    /// <paramref name="x"/> with <c>values[i]</c> in the place of <c>x[indices[i]]</c>, as <c>x[indices] = values</c> in NumPy; of several
    /// values for one place the last one stays.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes of <paramref name="values"/> are not those of the places.</exception>
    /// <exception cref="IndexOutOfRangeException">An index lies outside the first axis.</exception>
    public static Tensor<T> Scatter<T, TIndex>(this Tensor<T> x, Tensor<TIndex> indices, Tensor<T> values)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex> => Apply(x, indices, values, (_, value) => value);

    /// <summary>
    /// <paramref name="x"/> with <c>values[i]</c> added to <c>x[indices[i]]</c>, one after another, as <c>numpy.add.at</c>; integers wrap.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes of <paramref name="values"/> are not those of the places.</exception>
    /// <exception cref="IndexOutOfRangeException">An index lies outside the first axis.</exception>
    public static Tensor<T> ScatterAdd<T, TIndex>(this Tensor<T> x, Tensor<TIndex> indices, Tensor<T> values)
        where T : INumber<T>
        where TIndex : IBinaryInteger<TIndex> => Apply(x, indices, values, (old, value) => old + value);

    private static Tensor<T> Apply<T, TIndex>(
        Tensor<T> x,
        Tensor<TIndex> indices,
        Tensor<T> values,
        Func<T, T, T> combine
    )
        where TIndex : IBinaryInteger<TIndex>
    {
        var (target, places, source) = (Dense<T>.Of(x), Dense<TIndex>.Of(indices), Dense<T>.Of(values));
        if (places.Rank != 1 || !source.Lengths.SequenceEqual([places.Lengths[0], .. target.Lengths[1..]]))
        {
            throw new ArgumentException("The sizes of the values are not those of the places.", nameof(values));
        }

        var part = (int)Dense<T>.Count(target.Lengths.AsSpan(1));
        for (var i = 0; i < places.Data.Length; i++)
        {
            var index = long.CreateSaturating(places.Data[i]);
            var place = index < 0 ? index + target.Lengths[0] : index;
            if (place < 0 || place >= target.Lengths[0])
            {
                throw new IndexOutOfRangeException("Index was outside the bounds of the array.");
            }

            for (var k = 0; k < part; k++)
            {
                ref var old = ref target.Data[(place * part) + k];
                old = combine(old, source.Data[(i * part) + k]);
            }
        }

        return target.ToTensor();
    }
}
