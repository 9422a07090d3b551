namespace Mlir.Dialects.Arith;

/// <summary>Rounding of doubles to narrower formats in every rounding mode.</summary>
public static class FloatRounding
{
    /// <summary>The bit pattern of the value of <paramref name="format"/> that <paramref name="value"/> is rounded to.</summary>
    public static UInt128 Round(FloatType format, double value, RoundingMode mode)
    {
        var nearest = FloatFormat.FromDouble(format, value);
        var rounded = FloatFormat.ToDouble(format, nearest);
        if (mode == RoundingMode.ToNearestEven || !double.IsFinite(value) || rounded == value)
        {
            return nearest;
        }

        // The neighbours of the value: one step in the bit pattern is one step in magnitude.
        var sign = UInt128.One << (format.Width - 1);
        var magnitude = nearest & ~sign;
        var away = double.Abs(rounded) > double.Abs(value);
        var inner = (away ? magnitude - 1 : magnitude) | (double.IsNegative(value) ? sign : 0);
        var outer = (away ? magnitude : magnitude + 1) | (double.IsNegative(value) ? sign : 0);
        return mode switch
        {
            RoundingMode.TowardZero => inner,
            RoundingMode.Downward => double.IsNegative(value) ? outer : inner,
            RoundingMode.Upward => double.IsNegative(value) ? inner : outer,
            _ => IsTie(format, value, inner, outer) ? outer : nearest,
        };
    }

    private static bool IsTie(FloatType format, double value, UInt128 inner, UInt128 outer) =>
        FloatFormat.ToDouble(format, inner) is var low
        && FloatFormat.ToDouble(format, outer) is var high
        && double.IsFinite(high)
        && value - low == high - value;
}
