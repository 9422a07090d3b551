namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// exp, exp2 and expm1. Method: x = k ln 2 + r with an integer k and |r| ≤ ½ ln 2 (W. Cody and W. Waite, Software Manual for the
/// Elementary Functions, 1980), a minimax polynomial for exp(r), and 2^k put together from exponent bits in two factors, so that
/// the first never overflows or underflows and the second rounds once: subnormal results and overflow need no branch.
/// </summary>
internal static class Exponential
{
    /// <summary>e^x: 0 below the subnormals, +∞ above the range, NaN for NaN.</summary>
    public static Real Exp(Real x)
    {
        var f = x.Format;
        var bounded = Clamp(x, f.Of(-746, -105), f.Of(710, 89));
        var (n, k) = NearestInteger(bounded, Constants.Log2E[f, 0], 2 * f.Bias);
        var r = Real.Fma(-n, Constants.Ln2[f, 0], bounded);
        r = Real.Fma(-n, Constants.Ln2[f, 1], r);
        var square = r * r;
        return Scale(Real.Fma(square, Coefficients.Exp.At(r, square), r), k);
    }

    /// <summary>2^x; exact where x is an integer.</summary>
    public static Real Exp2(Real x)
    {
        var f = x.Format;
        var bounded = Clamp(x, f.Of(-1077, -152), f.Of(1025, 129));
        var (n, k) = NearestInteger(bounded, 1, 2 * f.Bias);
        var r = bounded - n;
        return Scale(r * Coefficients.Exp2.At(r), k);
    }

    /// <summary>e^x − 1, accurate near 0; −0 for −0.</summary>
    public static Real ExpM1(Real x)
    {
        // Half of the result is computed, because 2^k itself may be one step too large.
        var (half, _) = HalfExpM1(Clamp(x, f64: (-40, 710), f32: (-20, 89)));
        return (x.Abs() < x.Format.Negligible).Select(x, half + half);
    }

    /// <summary>½ (e^x − 1) as a rounded sum and its error, for x within the range in which 2^k/2 is a normal number.</summary>
    /// <remarks>
    /// With e^r − 1 = r + c the result is (s − ½) + s r + s c, s = 2^k/2. The first two terms are added with their exact error, because
    /// for k = ±1 they cancel.
    /// </remarks>
    public static (Real High, Real Low) HalfExpM1(Real x)
    {
        var f = x.Format;
        var (n, k) = NearestInteger(x, Constants.Log2E[f, 0], f.Bias - 1);
        var exact = Real.Fma(-n, Constants.Ln2[f, 0], x);
        var r = Real.Fma(-n, Constants.Ln2[f, 1], exact);
        var rest = Real.Fma(-n, Constants.Ln2[f, 1], exact - r);
        var square = r * r;
        var correction = Real.Fma(square, Coefficients.ExpM1.At(r, square), rest);
        var s = k.ShiftLeft(f.FractionBits).Float;
        var (high, low) = Real.FastTwoSum(s - 0.5, s * r);
        return Real.FastTwoSum(high, Real.Fma(s, correction, low));
    }

    /// <summary>(1 + q) 2^k, where <paramref name="k"/> carries k + 2 · bias in its low bits (anything above them).</summary>
    public static Real Scale(Real q, Bits k)
    {
        int fraction = q.Format.FractionBits;
        var half = k.ShiftRight(1);
        var s = half.ShiftLeft(fraction).Float;
        return Real.Fma(q, s, s) * (k - half).ShiftLeft(fraction).Float;
    }

    /// <summary>
    /// The integer nearest to x · factor, as a number n and as bits whose low half is n + bias. Adding 1.5 · 2^p makes the hardware
    /// round at the units place; no conversion instruction is needed.
    /// </summary>
    public static (Real N, Bits K) NearestInteger(Real x, double factor, int bias)
    {
        double shift = x.Format.RoundingShift + bias;
        var shifted = factor == 1 ? x + shift : Real.Fma(x, factor, shift);
        return (shifted - shift, shifted.Bits);
    }

    /// <summary>x limited to an interval; NaN stays NaN.</summary>
    public static Real Clamp(Real x, double low, double high)
    {
        x = ((Real)low > x).Select(low, x);
        return ((Real)high < x).Select(high, x);
    }

    private static Real Clamp(Real x, (double Low, double High) f64, (double Low, double High) f32) =>
        x.Format.Width == 64 ? Clamp(x, f64.Low, f64.High) : Clamp(x, f32.Low, f32.High);
}
