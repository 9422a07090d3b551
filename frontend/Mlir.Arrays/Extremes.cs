using System.Numerics;

namespace Mlir.Arrays;

/// <summary>Where the extreme element of a group stands.</summary>
internal static class Extremes
{
    /// <summary>The position of the first element that beats all others; of the first NaN, where there is one.</summary>
    public static long Find<T>(T[] group, Func<T, T, bool> beats)
        where T : INumber<T>
    {
        var best = 0;
        for (var i = 1; i < group.Length; i++)
        {
            if (beats(group[i], group[best]) || (T.IsNaN(group[i]) && !T.IsNaN(group[best])))
            {
                best = i;
            }
        }

        return best;
    }
}
