using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>Numbers to reduce, among them such whose sums lose most of their digits; all are exact in the type that is asked for.</summary>
internal static class Samples
{
    /// <summary>How many elements: around vectors, lanes and leaves of the order of reductions, and up to a million.</summary>
    public static int[] Counts { get; } =
    [1, 2, 7, 8, 9, 31, 32, 33, 64, 65, 1000, 8191, 8192, 8193, 70_001, 1_000_000];

    /// <summary>Sets whose sums are easy, spread over many powers of two, almost zero, and far from zero with small differences.</summary>
    public static IEnumerable<double[]> All<T>(int count)
        where T : INumber<T> => [Positive<T>(count), Wide<T>(count), Cancelling<T>(count), Offset<T>(count)];

    /// <summary>Numbers between a half and one and a half.</summary>
    public static double[] Positive<T>(int count)
        where T : INumber<T> => Make<T>(count, (r, _) => 0.5 + r.NextDouble());

    /// <summary>Numbers of both signs between 2⁻³⁰ and 2³⁰.</summary>
    public static double[] Wide<T>(int count)
        where T : INumber<T> =>
        Make<T>(count, (r, _) => Math.ScaleB(r.NextDouble() + 1, r.Next(-30, 30)) * (r.Next(2) == 0 ? -1 : 1));

    /// <summary>Large numbers with their opposites, in no order, and small ones that are all that is left.</summary>
    public static double[] Cancelling<T>(int count)
        where T : INumber<T>
    {
        var large = Make<T>(count / 3, (r, _) => 1e6 * (r.NextDouble() + 1));
        var small = Make<T>(count - (2 * (count / 3)), (r, _) => r.NextDouble() - 0.5);
        double[] all = [.. large, .. large.Select(x => -x), .. small];
        new Random(count).Shuffle(all);
        return all;
    }

    /// <summary>Numbers near 10,000 that differ by less than one.</summary>
    public static double[] Offset<T>(int count)
        where T : INumber<T> => Make<T>(count, (r, _) => 1e4 + r.NextDouble());

    /// <summary>Numbers so near to 1 that the product of a million of them is of moderate size.</summary>
    public static double[] NearOne<T>(int count)
        where T : INumber<T> => Make<T>(count, (r, _) => 1 + ((r.NextDouble() - 0.5) / 256));

    /// <summary>Numbers from a short list between −20 and 20, so that their exponentials are known once each.</summary>
    public static double[] Exponents<T>(int count)
        where T : INumber<T>
    {
        var list = Make<T>(256, (r, _) => (40 * r.NextDouble()) - 20);
        return Make<T>(count, (r, _) => list[r.Next(list.Length)]);
    }

    /// <summary>The numbers in their type, as a tensor.</summary>
    public static Tensor<T> ToTensor<T>(double[] numbers, params ReadOnlySpan<nint> lengths)
        where T : INumber<T> =>
        Tensor.Create([.. numbers.Select(T.CreateChecked)], lengths.IsEmpty ? [numbers.Length] : lengths);

    private static double[] Make<T>(int count, Func<Random, int, double> number)
        where T : INumber<T>
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => double.CreateChecked(T.CreateChecked(number(random, i))))];
    }
}
