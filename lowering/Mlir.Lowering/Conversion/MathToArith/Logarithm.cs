namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// log, log2, log10, log1p. Method: x = 2^k m with m in [√½, √2), f = m − 1, s = f / (2 + f), so that
/// log m = log((1 + s) / (1 − s)) = f − ½ f² + s (½ f² + z p(z)) with z = s²: the series of 2 artanh s, whose first term is replaced
/// by exact ones (the reduction that K. Ng described for the Berkeley elementary functions, 1986); p is a minimax polynomial.
/// </summary>
internal static class Logarithm
{
    /// <summary>ln x: −∞ for ±0, NaN below 0.</summary>
    public static Real Log(Real x)
    {
        var (m, k) = Decompose(x);
        return Specials(x, Natural(m - 1, k));
    }

    /// <summary>log₂ x; exact for powers of two.</summary>
    public static Real Log2(Real x)
    {
        var (m, k) = Decompose(x);
        var (high, low) = TwoTerms(m - 1);
        var (product, rest) = Times(high, low, Constants.Log2E);
        var (sum, error) = Real.FastTwoSum(k, product);
        return Specials(x, sum + (error + rest));
    }

    /// <summary>log₁₀ x; exact for powers of ten.</summary>
    public static Real Log10(Real x)
    {
        var f = x.Format;
        var (m, k) = Decompose(x);
        var (high, low) = TwoTerms(m - 1);
        var (product, rest) = Times(high, low, Constants.Log10E);
        var (exponent, exponentError) = Real.TwoProduct(k, Constants.Log10Of2[f, 0]);
        var (sum, error) = Real.FastTwoSum(exponent, product);
        return Specials(x, sum + (error + (rest + Real.Fma(k, Constants.Log10Of2[f, 1], exponentError))));
    }

    /// <summary>ln(1 + x), accurate near 0; −0 for −0, −∞ for −1, NaN below.</summary>
    public static Real Log1P(Real x)
    {
        var (high, low) = Real.TwoSum(1, x);
        var result = OfSum(high, low);
        result = (x < double.PositiveInfinity).Select(result, x);
        result = (x < -1).Select(double.NaN, result);
        result = x.EqualTo(-1).Select(double.NegativeInfinity, result);
        return (x.Abs() < x.Format.Negligible).Select(x, result);
    }

    /// <summary>ln(high + low) + extra ln 2 for a positive normal high and |low| ≤ ulp(high), relatively accurate where the sum is near 1.</summary>
    public static Real OfSum(Real high, Real low, Real? extra = null)
    {
        var f = high.Format;
        var (m, k, exponent) = Split(high.Bits, f, f.Bias);
        var limited = exponent.Below(2 * f.Bias).Select(exponent, 2 * f.Bias);
        var lowScaled = low * (2L * f.Bias - limited).ShiftLeft(f.FractionBits).Float;
        var difference = m - 1;
        var sum = difference + lowScaled;
        return Natural(sum, extra is { } more ? k + more : k, (difference - sum) + lowScaled);
    }

    /// <summary>k ln 2 + ln(1 + f) for √½ ≤ 1 + f ≤ √2; <paramref name="rest"/> is a part of f below its last place.</summary>
    public static Real Natural(Real f, Real k, Real? rest = null)
    {
        var s = f / (f + 2);
        var square = s * s;
        var halfSquare = f * f * 0.5;
        var tail = Real.Fma(square, Coefficients.Log.At(square), halfSquare);
        var small = k * Constants.Ln2[f.Format, 1];
        if (rest is { } r)
            small += r;
        return Real.Fma(k, Constants.Ln2[f.Format, 0], f - (halfSquare - Real.Fma(s, tail, small)));
    }

    /// <summary>ln(1 + f) as an unevaluated sum of two terms.</summary>
    private static (Real High, Real Low) TwoTerms(Real f)
    {
        var s = f / (f + 2);
        var square = s * s;
        var half = f * 0.5;
        var halfSquare = half * f;
        var high = f - halfSquare;
        var low = (f - high) - halfSquare - Real.Fma(half, f, -halfSquare);
        return (high, Real.Fma(s, Real.Fma(square, Coefficients.Log.At(square), halfSquare), low));
    }

    /// <summary>The product of a sum of two terms with a constant of two terms.</summary>
    private static (Real High, Real Low) Times(Real high, Real low, SplitConstant constant)
    {
        var f = high.Format;
        var (product, error) = Real.TwoProduct(high, constant[f, 0]);
        return (product, error + Real.Fma(high, constant[f, 1], low * constant[f, 0]));
    }

    /// <summary>x = 2^k m with √½ ≤ m &lt; √2, for positive finite x; subnormal x is scaled first.</summary>
    public static (Real M, Real K) Decompose(Real x)
    {
        var f = x.Format;
        int lift = f.FractionBits + 2;
        var tiny = x < f.MinNormal;
        var scaled = tiny.Select(x * Math.ScaleB(1, lift), x);
        var shift = tiny.Select(ExponentShift(f) + f.Bias + lift, ExponentShift(f) + f.Bias, f);
        var offset = scaled.Bits + (f.OneBits - f.SqrtHalfBits);
        var k = (offset.ShiftRight(f.FractionBits) | BitsOf(ExponentShift(f), f)).Float - shift;
        return (((offset & f.FractionMask) + f.SqrtHalfBits).Float, k);
    }

    private static (Real M, Real K, Bits Exponent) Split(Bits bits, RealFormat f, int bias)
    {
        var offset = bits + (f.OneBits - f.SqrtHalfBits);
        var exponent = offset.ShiftRight(f.FractionBits);
        var k = (exponent | BitsOf(ExponentShift(f), f)).Float - (ExponentShift(f) + bias);
        return (((offset & f.FractionMask) + f.SqrtHalfBits).Float, k, exponent);
    }

    /// <summary>2^FractionBits: or-ing a small integer into its bits makes the number that is larger by that integer.</summary>
    private static double ExponentShift(RealFormat f) => Math.ScaleB(1, f.FractionBits);

    private static long BitsOf(double value, RealFormat f) =>
        f.Width == 64 ? BitConverter.DoubleToInt64Bits(value) : BitConverter.SingleToInt32Bits((float)value);

    /// <summary>Replaces the result for +∞, NaN, negative numbers and zeros.</summary>
    private static Real Specials(Real x, Real result)
    {
        result = (x < double.PositiveInfinity).Select(result, x);
        result = (x < 0).Select(double.NaN, result);
        return x.EqualTo(0).Select(double.NegativeInfinity, result);
    }
}
