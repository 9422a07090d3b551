using System.Numerics;
using Mlir.Lowering;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>What the order of a reduction promises about its rounding errors.</summary>
/// <remarks>
/// <para>
/// Let <c>u</c> be the unit roundoff (2⁻⁵³ or 2⁻²⁴) and <c>γ(h) = h u / (1 − h u)</c>. However a sum is bracketed, each term takes part in some number of
/// additions; if none takes part in more than <c>h</c>, then <c>|ŝ − s| ≤ γ(h) Σ|xᵢ|</c>: N. J. Higham, <em>Accuracy and Stability of Numerical
/// Algorithms</em>, 2nd edition (SIAM 2002), section 4.2, (4.4) for <c>h = n − 1</c> in any order and (4.6) for pairwise summation, where
/// <c>h = ⌈log₂ n⌉</c>. A product in each term (section 3.1) and a division at the end count as one more each.
/// </para>
/// <para>
/// The order here is that of <see cref="ReductionOrder"/>: lanes within leaves in order, lanes in halves, leaves in pairs. A whole reduction has
/// <c>h = ⌈min(n, 8192) / lanes⌉ − 1 + log₂ lanes + ⌈log₂ ⌈n / 8192⌉⌉</c>, at most 267 for 10⁶ doubles; a row among others is one leaf, a column is added in order.
/// The first addition to a neutral element is exact, and so is the last one to an initial zero. The uncompiled functions add halves, down to 8 elements.
/// </para>
/// </remarks>
internal static class ErrorBound
{
    // Uncompiled sums add so many elements in order.
    private const int EagerRun = 8;

    /// <summary>The unit roundoff of a type: half of the distance from 1 to the next number.</summary>
    public static double UnitRoundoff<T>() => typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);

    /// <summary><c>h u / (1 − h u)</c>.</summary>
    public static double Gamma<T>(double h)
    {
        var product = h * UnitRoundoff<T>();
        return product / (1 - product);
    }

    /// <summary>The most additions that an element of a whole tensor of one dimension takes part in, compiled.</summary>
    public static int Whole<T>(int n) =>
        OneLeaf<T>((int)Math.Min(n, ReductionOrder.LeafElements)) + Levels(n, ReductionOrder.LeafElements);

    /// <summary>The same for a row among others.</summary>
    public static int OneLeaf<T>(int n)
    {
        var lanes = ReductionOrder.Lanes(typeof(T) == typeof(float) ? Mlir.IR.FloatType.F32 : Mlir.IR.FloatType.F64);
        return ((n + lanes - 1) / lanes) - 1 + BitOperations.Log2((uint)lanes);
    }

    /// <summary>The same for a column among others.</summary>
    public static int Column(int n) => Math.Max(n - 1, 0);

    /// <summary>The same for uncompiled functions, whatever the axis.</summary>
    public static int Eager(int n) => Math.Min(n, EagerRun) - 1 + Levels(n, EagerRun);

    private static int Levels(int n, long leaf)
    {
        var leaves = (n + leaf - 1) / leaf;
        return leaves <= 1 ? 0 : BitOperations.Log2((ulong)leaves - 1) + 1;
    }
}
