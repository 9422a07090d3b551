namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// Elementary functions of finite, normal numbers, for operations that allow approximations: the methods of their exact counterparts without
/// what those need for special values, and with formulas that are accurate beside 1 rather than beside the result.
/// </summary>
internal static class Relaxed
{
    /// <summary>e^x, limited to normal numbers.</summary>
    public static Real Exp(Real x) => ExpOf(Limit(x, f64: (-708, 709), f32: (-87, 88)));

    /// <summary>2^x, limited to normal numbers.</summary>
    public static Real Exp2(Real x)
    {
        var bounded = Limit(x, f64: (-1021.5, 1023.4), f32: (-125.5, 127.4));
        var (n, k) = Exponential.NearestInteger(bounded, 1, 0);
        var r = bounded - n;
        return Scale(Real.Fma(r, Coefficients.Exp2.At(r), 1), k);
    }

    /// <summary>e^x − 1.</summary>
    public static Real ExpM1(Real x) => Exp(x) - 1;

    /// <summary>ln x.</summary>
    public static Real Log(Real x)
    {
        var parts = new Reduced(x);
        return Logarithm.Natural(parts.M - 1, parts.K);
    }

    /// <summary>log₂ x.</summary>
    public static Real Log2(Real x) => Log(x) * Constants.Log2E[x.Format, 0];

    /// <summary>log₁₀ x.</summary>
    public static Real Log10(Real x) => Log(x) * Constants.Log10E[x.Format, 0];

    /// <summary>ln(1 + x).</summary>
    public static Real Log1P(Real x) => Log(x + 1);

    /// <summary>tanh x = 1 − 1 / (½ + ½ e^2x).</summary>
    public static Real Tanh(Real x) => 1 - 1 / Hyperbolic.MeanOfOneAndExp(Limit(x + x, f64: (-40, 40), f32: (-20, 20)));

    private static Real ExpOf(Real x)
    {
        var f = x.Format;
        var (n, k) = Exponential.NearestInteger(x, Constants.Log2E[f, 0], 0);
        var r = Real.Fma(-n, Constants.Ln2[f, 0], x);
        if (f.Width == 64)
        {
            // Without its second part, ln 2 in f32 is as good as x · 2^−28, far beyond what x itself is good for.
            r = Real.Fma(-n, Constants.Ln2[f, 1], r);
        }

        var square = r * r;
        return Scale(Real.Fma(square, Coefficients.Exp.At(r, square), r + 1), k);
    }

    /// <summary>A number near 1 times 2^k: the exponent is added to that of the number.</summary>
    private static Real Scale(Real q, Bits k) => (q.Bits + k.ShiftLeft(q.Format.FractionBits)).Float;

    private static Real Limit(Real x, (double Low, double High) f64, (double Low, double High) f32) =>
        x.Format.Width == 64 ? Exponential.Clamp(x, f64.Low, f64.High) : Exponential.Clamp(x, f32.Low, f32.High);
}
