namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// asin, acos, atan, atan2. Method: asin and acos by a minimax polynomial for |x| ≤ ½ and by
/// asin x = ½ π − 2 asin √(½ (1 − x)) above (J. Hart et al., Computer Approximations, 1968); atan by a minimax polynomial for
/// |x| ≤ 1 and atan x = ½ π − atan(1/x) above.
/// </summary>
internal static class InverseTrigonometric
{
    /// <summary>asin x: −0 for −0, NaN outside [−1, 1].</summary>
    public static Real Asin(Real x)
    {
        var f = x.Format;
        var p = new Parts(x);
        var large = p.Complement(Constants.HalfPi[f, 0], Constants.HalfPi[f, 1]);
        return p.Large.Select(large, p.Root + p.Tail).WithSignOf(x);
    }

    /// <summary>acos x: +0 for 1, NaN outside [−1, 1].</summary>
    public static Real Acos(Real x)
    {
        var f = x.Format;
        var p = new Parts(x);

        // For x > ½: 2 (s + tail) with the rounding error of the square root; for x < −½: π − 2 (s + tail).
        var guard = p.Root.EqualTo(0).Select(1, p.Root);
        var rootError = Real.Fma(-p.Root, p.Root, p.Square) / (guard * 2);
        var near = p.Root + (p.Tail + rootError);
        var negative = x < 0;
        var large = negative.Select(p.Complement(Constants.Pi[f, 0], Constants.Pi[f, 1]), near + near);

        // For |x| ≤ ½: ½ π − (x + tail), the tail taking the sign of x.
        var (sum, error) = Real.FastTwoSum(Constants.HalfPi[f, 0], -x);
        var small = sum + (error + (Constants.HalfPi[f, 1] - p.Tail.WithSignOf(x)));
        return p.Large.Select(large, small);
    }

    /// <summary>atan x: −0 for −0, ±½ π for ±∞.</summary>
    public static Real Atan(Real x)
    {
        var a = x.Abs();
        var inverted = a > 1;
        var s = inverted.Select(1 / a, a);

        // The rounding error of 1/a counts as much as the polynomial's own, so it is put back: s − (s a − 1) s.
        var rest = inverted.Select(Real.Fma(-s, a, 1) * s, 0);
        rest = a.EqualTo(double.PositiveInfinity).Select(0, rest);
        return Assemble(s, rest, inverted, null).WithSignOf(x);
    }

    /// <summary>The angle of the point (x, y): signed zeros choose between 0 and ±π, as in C's atan2.</summary>
    public static Real Atan2(Real y, Real x)
    {
        var f = x.Format;
        Real ay = y.Abs(),
            ax = x.Abs();
        var steep = ay > ax;
        Real numerator = steep.Select(ax, ay),
            denominator = steep.Select(ay, ax);

        // 0/0 stands for 0 and ∞/∞ for 1. Huge denominators are scaled, so that the remainder below cannot overflow.
        numerator = (numerator.EqualTo(double.PositiveInfinity)).Select(1, numerator);
        var bothInfinite = ax.EqualTo(double.PositiveInfinity) & ay.EqualTo(double.PositiveInfinity);
        denominator = (bothInfinite | denominator.EqualTo(0)).Select(1, denominator);
        var s = numerator / denominator;
        var remainder = Real.Fma(-s, denominator, numerator) / denominator;

        // Where the quotient is close to underflow its remainder is not a number of the format; nor is one with an infinite divisor.
        var usable =
            (s > Math.ScaleB(f.MinNormal, f.FractionBits + 8))
            & (denominator < double.PositiveInfinity)
            & (numerator > Math.ScaleB(f.MinNormal, f.FractionBits + 8));
        var rest = usable.Select(remainder, 0);
        var negative = x.Bits.LessThan(0);
        var result = Assemble(s, rest, steep, negative).WithSignOf(y);
        return x.UnorderedWith(y).Select(x + y, result);
    }

    /// <summary>atan(s + rest), subtracted from ½ π where inverted, and that from π where reflected.</summary>
    private static Real Assemble(Real s, Real rest, Flag inverted, Flag? reflected)
    {
        var f = s.Format;
        var square = s * s;
        var tail = s * square * Coefficients.Atan.InBlocks(square, 3);

        // d atan s = ds / (1 + s²); the reciprocal to a few bits is enough for a correction, but exactness near 0 matters.
        tail = Real.Fma(rest, Real.Fma(square, -0.5, 1), tail);

        // inverted: ½ π − a; reflected: π − a; both: ½ π + a; neither: a.
        var baseHigh = inverted.Select(Constants.HalfPi[f, 0], 0, f);
        var baseLow = inverted.Select(Constants.HalfPi[f, 1], 0, f);
        var subtract = inverted;
        if (reflected is { } flip)
        {
            var turn = flip ^ (flip & inverted);
            baseHigh = turn.Select(Constants.Pi[f, 0], baseHigh);
            baseLow = turn.Select(Constants.Pi[f, 1], baseLow);
            subtract = inverted ^ flip;
        }
        var signedS = subtract.Select(-s, s);
        var signedTail = subtract.Select(-tail, tail);
        var (sum, error) = Real.FastTwoSum(baseHigh, signedS);
        return sum + (error + (baseLow + signedTail));
    }

    /// <summary>asin |x| = s + tail for |x| ≤ ½ with s = |x|; above, s = √(½ (1 − |x|)).</summary>
    private readonly struct Parts
    {
        public Parts(Real x)
        {
            var a = x.Abs();
            Large = a > 0.5;
            Square = Large.Select(Real.Fma(a, -0.5, 0.5), a * a);
            Root = Large.Select(Square.Sqrt(), a);
            Tail = Root * Square * Coefficients.Asin.At(Square);
        }

        public Flag Large { get; }
        public Real Square { get; }
        public Real Root { get; }
        public Real Tail { get; }

        /// <summary>A constant minus 2 (s + tail).</summary>
        public Real Complement(double high, double low)
        {
            var (sum, error) = Real.FastTwoSum(high, Root * -2);
            return sum + Real.Fma(Tail, -2, error + low);
        }
    }
}
