namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>remf (C's fmod and C#'s %), exactly; and round.</summary>
internal static class Remainder
{
    /// <summary>
    /// x − y trunc(x / y), exact, with the sign of x. While the quotient has no more bits than a significand, the rounded quotient is at
    /// most one too large, the fused x − q y is exact, and one addition repairs it. Larger quotients take the rare branch: the same step
    /// with y 2^(p j) for falling j removes the top bits of the quotient first.
    /// </summary>
    public static Real Of(Real x, Real y)
    {
        var f = x.Format;
        Real a = x.Abs(),
            b = y.Abs();
        var quotient = a / b;
        var step = Step(a, b, quotient);
        var large = (quotient >= Math.ScaleB(1, f.FractionBits)) & (a < double.PositiveInfinity) & (b > 0);
        var r = x.Emitter.If(large, () => [Long(a, b)], step)[0];

        // a < b (also b = ∞) leaves a; ∞ and a zero divisor are NaN by the division already.
        r = (a < b).Select(a, r);
        r = (a.EqualTo(double.PositiveInfinity) | b.EqualTo(0)).Select(double.NaN, r);
        return x.UnorderedWith(y).Select(x + y, r.WithSignOf(x));
    }

    /// <summary>x rounded to the nearest integer, halves away from zero; −0 for −0.</summary>
    /// <remarks>The number just below ½ is added instead of ½, so that numbers just below a half do not round up twice.</remarks>
    public static Real Round(Real x) =>
        (
            x
            + ((Real)x.Format.Of(Math.BitDecrement(0.5), MathF.BitDecrement(0.5f)))
                .In(x.Emitter, x.Format)
                .WithSignOf(x)
        )
            .Trunc()
            .WithSignOf(x);

    private static Real Step(Real a, Real b, Real quotient)
    {
        var r = Real.Fma(-quotient.Trunc(), b, a);
        return (r < 0).Select(r + b, r);
    }

    private static Real Long(Real a, Real b)
    {
        var f = a.Format;

        // From the largest step on, in which y 2^(p j) exceeds every dividend (it may be ∞: then nothing happens), each quotient is below
        // 2^p. The products are exact, because they only ever grow; a power of two that is too large for the format comes in parts.
        int digits = f.FractionBits;
        int steps = (2 * f.Bias + digits) / digits;
        Real r = a;
        for (int j = steps; j >= 0; j--)
        {
            var scaled = b;
            int power = j * digits;
            while (power > 0)
            {
                int part = Math.Min(power, f.Bias - 1);
                scaled *= Math.ScaleB(1, part);
                power -= part;
            }
            var next = Step(r, scaled, r / scaled);
            r = (r < scaled).Select(r, next);
        }
        return r;
    }
}
