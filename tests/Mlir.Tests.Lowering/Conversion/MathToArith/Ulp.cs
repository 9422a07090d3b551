namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>Distances in units in the last place.</summary>
public static class Ulp
{
    /// <summary>
    /// |actual − exact| in units in the last place of the format at the exact value. An infinite result counts as the power of two
    /// above the largest number, so that overflow is measured like everything else.
    /// </summary>
    public static double Error(double actual, Big exact, bool single = false)
    {
        if (double.IsNaN(actual))
            return double.PositiveInfinity;
        int digits = single ? 24 : 53,
            minimum = single ? -126 : -1022,
            maximum = single ? 127 : 1023;
        var value = double.IsInfinity(actual) ? new Big(Math.Sign(actual), maximum + 1) : Big.From(actual);
        if (exact.Sign == 0)
            return actual == 0 ? 0 : double.PositiveInfinity;
        int magnitude = Math.Clamp(exact.Magnitude, minimum, maximum);
        if (exact.Magnitude > maximum && double.IsInfinity(actual))
            return Math.Sign(actual) == exact.Sign ? 0 : double.PositiveInfinity;
        return Math.Abs((value - exact).Scale(digits - 1 - magnitude).Approximate());
    }
}
