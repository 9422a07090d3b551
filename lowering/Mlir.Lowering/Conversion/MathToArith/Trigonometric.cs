namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// sin, cos, sincos, tan. Method: exact argument reduction to a quarter period (<see cref="ArgumentReduction"/>) as a sum of two
/// numbers, then minimax polynomials for sine and cosine there, chosen and signed by the quadrant.
/// </summary>
internal static class Trigonometric
{
    /// <summary>sin x: −0 for −0, NaN for ±∞.</summary>
    public static Real Sin(Real x) => x.EqualTo(0).Select(x, Reduced(x, r => [new Quarter(r).SinOfWhole])[0]);

    /// <summary>cos x; NaN for ±∞.</summary>
    public static Real Cos(Real x) => Reduced(x, r => [new Quarter(r).CosOfWhole])[0];

    /// <summary>sin x and cos x from one reduction.</summary>
    public static (Real Sin, Real Cos) SinCos(Real x)
    {
        var both = Reduced(
            x,
            r =>
            {
                var q = new Quarter(r);
                return [q.SinOfWhole, q.CosOfWhole];
            }
        );
        return (x.EqualTo(0).Select(x, both[0]), both[1]);
    }

    /// <summary>tan x: −0 for −0, NaN for ±∞. In odd quarters −1 / tan r.</summary>
    public static Real Tan(Real x) => x.EqualTo(0).Select(x, Reduced(x, r => [TanOfReduced(r)])[0]);

    /// <summary>Functions of the reduced argument; the whole computation for large x is one rare branch, from x alone.</summary>
    private static Real[] Reduced(Real x, Func<(Real R, Real Low, Bits N), Real[]> functions) =>
        x.Emitter.If(
            ArgumentReduction.IsLarge(x),
            () => functions(ArgumentReduction.LargeToQuarter(x)),
            functions(ArgumentReduction.ToQuarter(x))
        );

    private static Real TanOfReduced((Real R, Real Low, Bits N) reduced)
    {
        var (r, rest, n) = reduced;
        var square = r * r;
        var cube = r * square;
        var p = cube * Coefficients.Tan.At(square);
        var t = r + p;

        // tan(r + rest) = tan r + rest (1 + tan² r)
        var low = Real.Fma(rest, Real.Fma(t, t, 1), (r - t) + p);
        var odd = (n & 1).NotEqualTo(0);
        return odd.Select(-Reciprocal(t, low), t + low);
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
        private readonly Real _sin;
        private readonly Real _cos;
        private readonly Bits _n;
        private readonly Flag _swap;

        public Quarter((Real R, Real Low, Bits N) reduced)
        {
            (var r, var rest, _n) = reduced;
            var square = r * r;
            var fourth = square * square;
            _sin = r + Real.Fma(r * square, Coefficients.SinQuarter.At(square, fourth), rest);

            // cos(r + rest) = 1 − ½ z + (z² p(z) − r rest), with the error of 1 − ½ z kept.
            var half = square * 0.5;
            var one = 1 - half;
            _cos =
                one
                + Real.Fma(fourth, Coefficients.CosQuarter.At(square, fourth), Real.Fma(-r, rest, (1 - one) - half));
            _swap = (_n & 1).NotEqualTo(0);
        }

        /// <summary>The sine of the argument before the reduction; in odd quarters that is a cosine.</summary>
        public Real SinOfWhole => Signed(_swap.Select(_cos, _sin), _n);

        /// <summary>The cosine of the argument before the reduction.</summary>
        public Real CosOfWhole => Signed(_swap.Select(_sin, _cos), _n + 1);

        /// <summary>A value negated where bit 1 of the quadrant is set.</summary>
        private static Real Signed(Real value, Bits quadrant) =>
            (value.Bits ^ (quadrant & 2).ShiftLeft(value.Format.Width - 2)).Float;
    }
}
