namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// sinh, cosh, tanh. Method: |x| = k ln 2 + r, so that sinh x = a cosh r + b sinh r and cosh x = b cosh r + a sinh r with
/// a = sinh(k ln 2) and b = cosh(k ln 2), which are sums of powers of two: no division and no second exponential.
/// tanh x = 1 − 2 / (e^2x + 1) from where it is ½ on, a minimax polynomial below.
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
        var f = x.Format;
        var a = x.Abs();
        var square = x * x;
        var small = Real.Fma(x * square, Coefficients.TanhSmall.At(square), x);

        // 1 − 1 / (½ + ½ e^2a), for ½ ≤ tanh a: what is subtracted is at most ½, and so are its errors.
        var twice = a + a;
        double limit = f.Of(40, 20);
        var large = 1 - 1 / MeanOfOneAndExp((twice > limit).Select(limit, twice));
        return (a < 0.55).Select(small, large).WithSignOf(x);
    }

    /// <summary>½ + ½ e^x, for x of moderate size.</summary>
    public static Real MeanOfOneAndExp(Real x)
    {
        var f = x.Format;
        var (n, k) = Exponential.NearestInteger(x, Constants.Log2E[f, 0], f.Bias - 1);
        var r = Real.Fma(-n, Constants.Ln2[f, 0], x);
        var square = r * r;
        var half = k.ShiftLeft(f.FractionBits).Float;
        return Real.Fma(half, Real.Fma(square, Coefficients.Exp.At(r, square), r), half + 0.5);
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
