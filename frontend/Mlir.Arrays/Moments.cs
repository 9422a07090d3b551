using System.Numerics;

namespace Mlir.Arrays;

/// <summary>Sums, means, variances and sums of exponentials of the elements of a group.</summary>
internal static class Moments
{
    // So few elements are added in order; longer sums are those of their halves, so that rounding errors grow with the logarithm of the length.
    private const int Run = 8;

    /// <summary>The sum of the elements, added in pairs; integers wrap, nothing gives 0.</summary>
    public static T Sum<T>(ReadOnlySpan<T> group)
        where T : INumber<T>
    {
        if (group.Length > Run)
        {
            // The first part has 8 · 2ⁿ elements, so that no sum is deeper than it must be.
            var half = Run * (int)BitOperations.RoundUpToPowerOf2((uint)((group.Length + Run - 1) / Run)) / 2;
            return Sum(group[..half]) + Sum(group[half..]);
        }

        var sum = T.Zero;
        foreach (var element in group)
        {
            sum += element;
        }

        return sum;
    }

    public static T Mean<T>(T[] group)
        where T : IFloatingPointIeee754<T> => Sum<T>(group) / T.CreateChecked(group.Length);

    public static T Variance<T>(T[] group, int ddof)
        where T : IFloatingPointIeee754<T>
    {
        var mean = Mean(group);
        return Sum<T>([.. group.Select(x => (x - mean) * (x - mean))])
            / T.CreateChecked(Math.Max(group.Length - ddof, 0));
    }

    public static T LogSumExp<T>(T[] group)
        where T : IFloatingPointIeee754<T>
    {
        // Of infinities the difference would be NaN.
        var max = group.Aggregate(T.Max);
        var shift = T.IsFinite(max) ? max : T.Zero;
        return shift + T.Log(Sum<T>([.. group.Select(x => T.Exp(x - shift))]));
    }
}
