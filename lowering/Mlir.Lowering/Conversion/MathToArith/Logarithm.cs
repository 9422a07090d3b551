namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// log, log2, log10, log1p. Method: x = 2^k m with m in [√½, √2), f = m − 1, s = f / (2 + f), so that
/// log m = log((1 + s) / (1 − s)) = f − s (f − z p(z)) with z = s²: the series of 2 artanh s, whose first term is replaced
/// by exact ones (the reduction that K. Ng described for the Berkeley elementary functions, 1986); p is a minimax polynomial.
/// Zeros, subnormal, negative and infinite numbers and NaN take a rare branch.
/// </summary>
internal static class Logarithm
{
    /// <summary>ln x: −∞ for ±0, NaN below 0.</summary>
    public static Real Log(Real x) => OfPositive(x, (m, k) => Natural(m - 1, k));

    /// <summary>log₂ x; exact for powers of two.</summary>
    public static Real Log2(Real x) =>
        OfPositive(
            x,
            (m, k) =>
            {
                var (high, low) = TwoTerms(m - 1);
                var (product, rest) = Times(high, low, Constants.Log2E);
                var (sum, error) = Real.FastTwoSum(k * (1 / Reduced.Unit(x.Format)), product);
                return sum + (error + rest);
            }
        );

    /// <summary>log₁₀ x; exact for powers of ten.</summary>
    public static Real Log10(Real x) =>
        OfPositive(
            x,
            (m, k) =>
            {
                var unit = Reduced.Unit(x.Format);
                var (high, low) = TwoTerms(m - 1);
                var (product, rest) = Times(high, low, Constants.Log10E);
                var (exponent, exponentError) = Real.TwoProduct(k, Constants.Log10Of2[x.Format, 0] / unit);
                var (sum, error) = Real.FastTwoSum(exponent, product);
                rest += Real.Fma(k, Constants.Log10Of2[x.Format, 1] / unit, exponentError);
                return sum + (error + rest);
            }
        );

    /// <summary>ln(1 + x), accurate near 0; −0 for −0, −∞ for −1, NaN below.</summary>
    /// <remarks>With 1 + x = 2^k m the exact f = m − 1 is x 2^−k + (2^−k − 1), rounded once: no error of the sum 1 + x remains.</remarks>
    public static Real Log1P(Real x)
    {
        var f = x.Format;
        var sum = x + 1;
        var parts = new Reduced(sum);
        var power = parts.Power;
        var result = Natural(Real.Fma(x, power, power - 1), parts.K);

        // Where 2^−k is no normal number any more, 1 + x is x.
        return x
            .Emitter.If(
                IsOutside(sum, f.MinNormal, Math.ScaleB(1, f.Bias - 1)),
                () => [Specials(sum, Natural(parts.M - 1, parts.K))],
                result
            )[0]
            .WithSignOf(x);
    }

    /// <summary>ln(1 + y + rest) for y ≥ 0 whose next power of two has a normal reciprocal; rest is below the last place of y.</summary>
    public static Real OfOnePlus(Real y, Real rest)
    {
        var parts = new Reduced(y + 1);
        var power = parts.Power;
        return Natural(Real.Fma(y, power, power - 1), rest * power, parts.K);
    }

    /// <summary>k ln 2 + ln(1 + f) for √½ ≤ 1 + f ≤ √2, where k counts in <see cref="Reduced.Unit"/>.</summary>
    public static Real Natural(Real f, Real k)
    {
        var s = f / (f + 2);
        var square = s * s;
        var rest = Real.Fma(-square, Coefficients.Log.At(square), f);
        return Real.Fma(k, Constants.Ln2[f.Format, 0] / Reduced.Unit(f.Format), Real.Fma(-s, rest, f));
    }

    /// <summary>As <see cref="Natural(Real, Real)"/> of ln(1 + f + low), where low is below the last place of f; 1 / (1 + f) is about 1 − 2 s.</summary>
    private static Real Natural(Real f, Real low, Real k)
    {
        var s = f / (f + 2);
        var square = s * s;
        var rest = Real.Fma(-square, Coefficients.Log.At(square), f);
        var tail = Real.Fma(-s, rest, Real.Fma(low * -2, s, low));
        return Real.Fma(k, Constants.Ln2[f.Format, 0] / Reduced.Unit(f.Format), f + tail);
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

    /// <summary>
    /// A function of a positive number from its parts m and k · <see cref="Reduced.Unit"/>; the branch for subnormal numbers computes it
    /// anew, and replaces it where there is nothing to compute.
    /// </summary>
    private static Real OfPositive(Real x, Func<Real, Real, Real> function)
    {
        var f = x.Format;
        var parts = new Reduced(x);
        return x.Emitter.If(
            IsOutside(x, f.MinNormal, double.PositiveInfinity),
            () =>
            {
                int lift = f.FractionBits + 2;
                var lifted = new Reduced(x * Math.ScaleB(1, lift));
                return [Specials(x, function(lifted.M, lifted.K - lift * Reduced.Unit(f)))];
            },
            function(parts.M, parts.K)
        )[0];
    }

    /// <summary>True for what is not in [low, high), NaN included; by one comparison of the bits.</summary>
    public static Flag IsOutside(Real x, double low, double high)
    {
        long first = BitsOf(low, x.Format);
        return ((Bits)(BitsOf(high, x.Format) - first - 1)).Below(x.Bits - first);
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
