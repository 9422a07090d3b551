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
        var f = x.Format;
        var (m, k) = Decompose(x);
        var t = m - 1;
        var s = t / (t + 2);
        var square = s * s;

        // 2 s + s z p(z), with the larger part of k ln 2 last.
        var log = Real.Fma(s * square, Coefficients.Log.At(square), Real.Fma(k, Constants.Ln2[f, 1], s + s));
        return Real.Fma(k, Constants.Ln2[f, 0], log);
    }

    /// <summary>log₂ x.</summary>
    public static Real Log2(Real x) => Log(x) * Constants.Log2E[x.Format, 0];

    /// <summary>log₁₀ x.</summary>
    public static Real Log10(Real x) => Log(x) * Constants.Log10E[x.Format, 0];

    /// <summary>ln(1 + x).</summary>
    public static Real Log1P(Real x) => Log(x + 1);

    /// <summary>tanh x = (e^2x − 1) / (e^2x + 1).</summary>
    public static Real Tanh(Real x)
    {
        var e = ExpOf(Limit(x + x, f64: (-40, 40), f32: (-20, 20)));
        return (e - 1) / (e + 1);
    }

    private static Real ExpOf(Real x)
    {
        var f = x.Format;
        var (n, k) = Exponential.NearestInteger(x, Constants.Log2E[f, 0], 0);
        var r = Real.Fma(-n, Constants.Ln2[f, 0], x);
        r = Real.Fma(-n, Constants.Ln2[f, 1], r);
        var square = r * r;
        return Scale(Real.Fma(square, Coefficients.Exp.At(r, square), r + 1), k);
    }

    /// <summary>A number near 1 times 2^k: the exponent is added to that of the number.</summary>
    private static Real Scale(Real q, Bits k) => (q.Bits + k.ShiftLeft(q.Format.FractionBits)).Float;

    private static Real Limit(Real x, (double Low, double High) f64, (double Low, double High) f32) =>
        x.Format.Width == 64 ? Exponential.Clamp(x, f64.Low, f64.High) : Exponential.Clamp(x, f32.Low, f32.High);

    /// <summary>x = 2^k m with √½ ≤ m &lt; √2.</summary>
    private static (Real M, Real K) Decompose(Real x)
    {
        var f = x.Format;
        var one = Math.ScaleB(1, f.FractionBits);
        var offset = x.Bits + (f.OneBits - f.SqrtHalfBits);
        var bits = f.Width == 64 ? BitConverter.DoubleToInt64Bits(one) : BitConverter.SingleToInt32Bits((float)one);
        var k = (offset.ShiftRight(f.FractionBits) | bits).Float - (one + f.Bias);
        return (((offset & f.FractionMask) + f.SqrtHalfBits).Float, k);
    }
}
