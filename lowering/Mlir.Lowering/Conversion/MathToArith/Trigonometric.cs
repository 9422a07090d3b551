namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// sin, cos, sincos, tan. Method: exact argument reduction to a quarter period (<see cref="ArgumentReduction"/>) as a sum of two
/// numbers, then minimax polynomials for sine and cosine there, chosen and signed by the quadrant.
/// </summary>
internal static class Trigonometric
{
    /// <summary>sin x: −0 for −0, NaN for ±∞.</summary>
    public static Real Sin(Real x)
    {
        var q = new Quarter(x);
        return x.EqualTo(0).Select(x, q.Signed(q.Swap.Select(q.Cos, q.Sin), q.N));
    }

    /// <summary>cos x; NaN for ±∞.</summary>
    public static Real Cos(Real x)
    {
        var q = new Quarter(x);
        return q.Signed(q.Swap.Select(q.Sin, q.Cos), q.N + 1);
    }

    /// <summary>sin x and cos x from one reduction.</summary>
    public static (Real Sin, Real Cos) SinCos(Real x)
    {
        var q = new Quarter(x);
        var sin = x.EqualTo(0).Select(x, q.Signed(q.Swap.Select(q.Cos, q.Sin), q.N));
        return (sin, q.Signed(q.Swap.Select(q.Sin, q.Cos), q.N + 1));
    }

    /// <summary>tan x: −0 for −0, NaN for ±∞. In odd quarters −1 / tan r, from the same division.</summary>
    public static Real Tan(Real x)
    {
        var (r, rest, n) = ArgumentReduction.ToQuarter(x);
        var square = r * r;
        var cube = r * square;
        var p = cube * Coefficients.Tan.At(square);
        var t = r + p;

        // tan(r + rest) = tan r + rest (1 + tan² r)
        var low = Real.Fma(rest, Real.Fma(t, t, 1), (r - t) + p);
        var tangent = t + low;
        var odd = (n & 1).NotEqualTo(0);
        var reciprocal = Reciprocal(t, low);
        return x.EqualTo(0).Select(x, odd.Select(-reciprocal, tangent));
    }

    /// <summary>1 / (high + low), with the rounding error of the division corrected by a Newton step.</summary>
    private static Real Reciprocal(Real high, Real low)
    {
        var guess = 1 / high;
        return Real.Fma(guess, Real.Fma(-guess, low, Real.Fma(-guess, high, 1)), guess);
    }

    /// <summary>Sine and cosine of the reduced argument.</summary>
    private readonly struct Quarter
    {
        public Quarter(Real x)
        {
            (var r, var rest, N) = ArgumentReduction.ToQuarter(x);
            var square = r * r;
            var fourth = square * square;
            Sin = r + Real.Fma(r * square, Coefficients.SinQuarter.At(square, fourth), rest);

            // cos(r + rest) = 1 − ½ z + (z² p(z) − r rest), with the error of 1 − ½ z kept.
            var half = square * 0.5;
            var one = 1 - half;
            Cos = one + Real.Fma(fourth, Coefficients.CosQuarter.At(square, fourth), Real.Fma(-r, rest, (1 - one) - half));
            Swap = (N & 1).NotEqualTo(0);
        }

        public Real Sin { get; }
        public Real Cos { get; }

        /// <summary>The quadrant, modulo 4.</summary>
        public Bits N { get; }

        /// <summary>True in odd quadrants, where sine and cosine change places.</summary>
        public Flag Swap { get; }

        /// <summary>A value negated where bit 1 of the quadrant is set.</summary>
        public Real Signed(Real value, Bits quadrant) =>
            (value.Bits ^ (quadrant & 2).ShiftLeft(value.Format.Width - 2)).Float;
    }
}
