using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>The order in which elements are sorted: NaNs come last.</summary>
internal static class Ordering
{
    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/>; neither of two equal ones does.</summary>
    public static Value Precedes(Arithmetic arithmetic, Value a, Value b, ScalarType type, bool descending = false)
    {
        var comparison = descending ? ScalarComparison.Greater : ScalarComparison.Less;
        var isFirst = arithmetic.Compare(comparison, a, b, type);
        return type.IsFloat
            ? arithmetic.Or(
                isFirst,
                arithmetic.And(arithmetic.IsNaN(b), arithmetic.Compare(ScalarComparison.Equal, a, a, type))
            )
            : isFirst;
    }
}
