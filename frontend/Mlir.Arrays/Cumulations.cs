using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Running sums, products and extremes along an axis, as NumPy's <c>cumsum</c>, <c>cumprod</c>, <c>maximum.accumulate</c> and <c>minimum.accumulate</c>.</summary>
/// <remarks>
/// Elements are combined from the first to the last. Only a tensor of one dimension is cut into blocks of 65,536: a block begins with the total of
/// the blocks before it, each of which is combined in eight interleaved parts and these in pairs. The order thus depends on sizes only, threads
/// can share the blocks, and a floating-point result beyond the first block may differ from the strict order in its last bits.
/// </remarks>
public static class Cumulations
{
    /// <summary>How many elements of a long tensor are combined strictly in order.</summary>
    internal const int Block = 65536;

    /// <summary>In how many parts a block's total is combined.</summary>
    internal const int Parts = 8;

    /// <summary>For each element the sum of it and those before it along an axis; integers wrap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> CumulativeSum<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Apply(x, axis, (a, b) => a + b);

    /// <summary>For each element the product of it and those before it along an axis; integers wrap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> CumulativeProduct<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Apply(x, axis, (a, b) => a * b);

    /// <summary>For each element the largest of it and those before it along an axis; a NaN stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> CumulativeMax<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Apply(x, axis, T.Max);

    /// <summary>For each element the smallest of it and those before it along an axis; a NaN stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> CumulativeMin<T>(this Tensor<T> x, int axis)
        where T : INumber<T> => Apply(x, axis, T.Min);

    private static Tensor<T> Apply<T>(Tensor<T> x, int axis, Func<T, T, T> combine)
    {
        var source = Dense<T>.Of(x);
        axis = Axes.Normalize(axis, source.Rank);
        var (before, along, behind) = source.Split(axis);
        var result = new Dense<T>(source.Lengths);
        if (source.Rank == 1)
        {
            Blocks(source.Data, result.Data, combine);
            return result.ToTensor();
        }

        for (nint i = 0; i < before; i++)
        {
            for (nint k = 0; k < behind; k++)
            {
                for (nint j = 0; j < along; j++)
                {
                    var at = (((i * along) + j) * behind) + k;
                    result.Data[at] = j == 0 ? source.Data[at] : combine(result.Data[at - behind], source.Data[at]);
                }
            }
        }

        return result.ToTensor();
    }

    private static void Blocks<T>(T[] x, T[] result, Func<T, T, T> combine)
    {
        var offset = default(T)!;
        for (var begin = 0; begin < x.Length; begin += Block)
        {
            var end = Math.Min(x.Length, begin + Block);
            for (var i = begin; i < end; i++)
            {
                result[i] = i == 0 ? x[i] : combine(i == begin ? offset : result[i - 1], x[i]);
            }

            if (end < x.Length)
            {
                offset =
                    begin == 0
                        ? Total(x.AsSpan(0, Block), combine)
                        : combine(offset, Total(x.AsSpan(begin, Block), combine));
            }
        }
    }

    private static T Total<T>(ReadOnlySpan<T> block, Func<T, T, T> combine)
    {
        var parts = block[..Parts].ToArray();
        for (var i = Parts; i < block.Length; i++)
        {
            parts[i % Parts] = combine(parts[i % Parts], block[i]);
        }

        for (var half = Parts / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                parts[i] = combine(parts[i], parts[i + half]);
            }
        }

        return parts[0];
    }
}
