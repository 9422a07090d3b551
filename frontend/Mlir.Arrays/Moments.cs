using System.Numerics;

namespace Mlir.Arrays;

/// <summary>Means, variances and sums of exponentials of the elements of a group.</summary>
internal static class Moments
{
    public static T Mean<T>(T[] group)
        where T : IFloatingPointIeee754<T> => Sum(group) / T.CreateChecked(group.Length);

    public static T Variance<T>(T[] group, int ddof)
        where T : IFloatingPointIeee754<T>
    {
        var mean = Mean(group);
        return Sum(group.Select(x => (x - mean) * (x - mean))) / T.CreateChecked(Math.Max(group.Length - ddof, 0));
    }

    public static T LogSumExp<T>(T[] group)
        where T : IFloatingPointIeee754<T>
    {
        // Of infinities the difference would be NaN.
        var max = group.Aggregate(T.Max);
        var shift = T.IsFinite(max) ? max : T.Zero;
        return shift + T.Log(Sum(group.Select(x => T.Exp(x - shift))));
    }

    public static T Sum<T>(IEnumerable<T> group)
        where T : IFloatingPointIeee754<T> => group.Aggregate(T.Zero, (a, b) => a + b);
}
