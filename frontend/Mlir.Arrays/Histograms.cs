using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Counting elements, and finding their places among sorted ones.</summary>
public static class Histograms
{
    /// <summary>
    /// How many elements lie in each of <paramref name="bins"/> bins of equal width, as <c>numpy.histogram</c>: a bin holds its lower edge
    /// <c>min + i · (max − min) / bins</c>, the last one its upper edge too; elements outside, and NaNs, are not counted.
    /// </summary>
    /// <exception cref="ArgumentException">There is no bin, or <paramref name="max"/> is not above <paramref name="min"/>.</exception>
    public static Tensor<long> Histogram<T>(this Tensor<T> x, int bins, T min, T max)
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (bins <= 0 || !(min < max))
        {
            throw new ArgumentException("A histogram needs at least one bin and a maximum above its minimum.");
        }

        var counts = new long[bins];
        var step = (max - min) / T.CreateTruncating(bins);
        var scale = T.CreateTruncating(bins) / (max - min);
        foreach (var value in Dense<T>.Of(x).Data)
        {
            if (!(value >= min && value <= max))
            {
                continue;
            }

            // Rounding may miss by one, and the edges decide.
            var bin = Math.Min(int.CreateSaturating((value - min) * scale), bins - 1);
            if (value < min + (T.CreateTruncating(bin) * step))
            {
                bin--;
            }
            else if (bin < bins - 1 && value >= min + (T.CreateTruncating(bin + 1) * step))
            {
                bin++;
            }

            counts[bin]++;
        }

        return Tensor.Create(counts);
    }

    /// <summary>How often each number from 0 on occurs, as <c>numpy.bincount</c>: up to the largest one, and at least <paramref name="minLength"/> counts.</summary>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public static Tensor<long> BinCount<T>(this Tensor<T> x, int minLength)
        where T : IBinaryInteger<T>
    {
        var data = Dense<T>.Of(x).Data;
        if (data.Any(T.IsNegative))
        {
            throw new ArgumentException("A number to count is negative.");
        }

        var counts = new long[Math.Max(minLength, data.Length == 0 ? 0 : int.CreateChecked(data.Max()!) + 1)];
        foreach (var value in data)
        {
            counts[int.CreateChecked(value)]++;
        }

        return Tensor.Create(counts);
    }

    /// <summary>
    /// For each value how many elements of <paramref name="sorted"/>, which ascends, come before it, as <c>numpy.searchsorted</c>: equal
    /// ones count when <paramref name="right"/>. A NaN comes after all numbers.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="sorted"/> has more than one dimension.</exception>
    public static Tensor<long> SearchSorted<T>(this Tensor<T> sorted, Tensor<T> values, bool right)
        where T : INumber<T>
    {
        var (keys, wanted) = (Dense<T>.Of(sorted), Dense<T>.Of(values));
        if (keys.Rank != 1)
        {
            throw new ArgumentException("What is searched has one dimension.", nameof(sorted));
        }

        var places = new Dense<long>(wanted.Lengths);
        for (var i = 0; i < places.Data.Length; i++)
        {
            var (low, high) = (0, keys.Data.Length);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                var (key, value) = (keys.Data[middle], wanted.Data[i]);
                var isBefore = right ? !Precedes(value, key) : Precedes(key, value);
                (low, high) = isBefore ? (middle + 1, high) : (low, middle);
            }

            places.Data[i] = low;
        }

        return places.ToTensor();
    }

    /// <inheritdoc cref="SearchSorted{T}(Tensor{T}, Tensor{T}, bool)"/>
    public static Tensor<long> SearchSorted<T>(this Tensor<T> sorted, Tensor<T> values)
        where T : INumber<T> => sorted.SearchSorted(values, right: false);

    private static bool Precedes<T>(T a, T b)
        where T : INumber<T> => a < b || (T.IsNaN(b) && !T.IsNaN(a));
}
