namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// sinh, cosh, tanh. Method: |x| = k ln 2 + r, so that sinh x = a cosh r + b sinh r and cosh x = b cosh r + a sinh r with
/// a = sinh(k ln 2) and b = cosh(k ln 2), which are sums of powers of two: no division and no second exponential.
/// tanh x = (1 − e^(−2|x|)) / (1 + e^(−2|x|)) by way of expm1.
/// </summary>
internal static class Hyperbolic
{
    /// <summary>sinh x; odd, so −0 for −0.</summary>
    public static Real Sinh(Real x)
    {
        var p = new Parts(x);
        var (product, productError) = Real.TwoProduct(p.B, p.R);
        var (sum, sumError) = Real.FastTwoSum(p.A, product);
        var small = Real.Fma(p.B, p.SinhTail, productError + sumError);
        return ((sum + Real.Fma(p.A, p.CoshTail, small)) * p.Scale).WithSignOf(x);
    }

    /// <summary>cosh x; even.</summary>
    public static Real Cosh(Real x)
    {
        var p = new Parts(x);
        var (product, productError) = Real.TwoProduct(p.A, p.R);
        var (sum, sumError) = Real.FastTwoSum(p.B, product);

        // b = 2^k/2 + 2^−k/2 is itself rounded.
        var (_, bError) = Real.FastTwoSum(p.Grow, p.Shrink);
        var small = Real.Fma(p.A, p.SinhTail, productError + (sumError + bError));
        return (sum + Real.Fma(p.B, p.CoshTail, small)) * p.Scale;
    }

    /// <summary>tanh x; odd, ±1 for ±∞.</summary>
    public static Real Tanh(Real x)
    {
        // With e = ½ (e^(−2|x|) − 1) the result is −e / (1 + e): one division, and one correction by the exact remainder.
        var twice = x.Abs() * -2;
        double lowest = x.Format.Of(-40, -20);
        var (e, eLow) = Exponential.HalfExpM1(((Real)lowest > twice).Select(lowest, twice));
        var (d, dLow) = Real.FastTwoSum(1, e);
        var reciprocal = 1 / d;
        var quotient = e * reciprocal;
        var remainder = Real.Fma(-quotient, d, e) + Real.Fma(-quotient, dLow + eLow, eLow);
        var result = Real.Fma(remainder, reciprocal, quotient);
        return (x.Abs() < x.Format.Negligible).Select(x, result.WithSignOf(x));
    }

    /// <summary>What sinh and cosh share: cosh r = 1 + CoshTail, sinh r = R + SinhTail; the result is to be multiplied by Scale.</summary>
    private readonly struct Parts
    {
        public Parts(Real x)
        {
            var f = x.Format;
            var a = x.Abs();
            var limit = f.Of(711, 90);
            a = ((Real)limit < a).Select(limit, a);

            // Near overflow 2^k is too large; four is taken out of it and multiplied back at the end.
            var large = a > f.Of(700, 80);
            Scale = large.Select(4, 1, f);
            var (n, bits) = Exponential.NearestInteger(a, Constants.Log2E[f, 0], 0);
            var exact = Real.Fma(-n, Constants.Ln2[f, 0], a);
            R = Real.Fma(-n, Constants.Ln2[f, 1], exact);
            var rest = Real.Fma(-n, Constants.Ln2[f, 1], exact - R);
            var square = R * R;
            var fourth = square * square;
            SinhTail = Real.Fma(R * square, Coefficients.SinhSmall.At(square, fourth), rest);
            CoshTail = Real.Fma(square, Coefficients.CoshSmall.At(square, fourth), R * rest);

            // ½ 2^k and ½ 2^−k; the second is nothing beside the first long before its exponent runs out.
            Grow = (bits + large.Select(f.Bias - 3, f.Bias - 1, f.Width)).ShiftLeft(f.FractionBits).Float;
            Shrink = large.Select(0, (f.Bias - 1 - bits).ShiftLeft(f.FractionBits).Float);
            A = Grow - Shrink;
            B = Grow + Shrink;
        }

        public Real Grow { get; }
        public Real Shrink { get; }
        public Real A { get; }
        public Real B { get; }
        public Real R { get; }
        public Real SinhTail { get; }
        public Real CoshTail { get; }
        public Real Scale { get; }
    }
}
