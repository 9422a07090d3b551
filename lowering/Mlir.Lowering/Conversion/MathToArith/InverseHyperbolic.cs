namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// asinh, acosh, atanh as ln(1 + y) of a y that keeps its relative accuracy where the result is near 0 (W. Kahan, Branch Cuts for Complex
/// Elementary Functions, 1987), and is carried with its last rounding error. Where it would overflow, and outside the domain, is a rare branch.
/// </summary>
internal static class InverseHyperbolic
{
    /// <summary>asinh x = sign x · ln(1 + a + a² / (1 + √(1 + a²))), a = |x|.</summary>
    public static Real Asinh(Real x)
    {
        var a = x.Abs();
        var square = a * a;
        var (y, rest) = Real.FastTwoSum(a, square / ((square + 1).Sqrt() + 1));
        return x
            .Emitter.If(
                Logarithm.IsOutside(a, 0, Large(x.Format)),
                () => [(a < double.PositiveInfinity).Select(LogOfTwice(a), a)],
                Logarithm.OfOnePlus(y, rest)
            )[0]
            .WithSignOf(x);
    }

    /// <summary>acosh x = ln(1 + t + √(2 t + t²)), t = x − 1: +0 for 1, NaN below.</summary>
    public static Real Acosh(Real x)
    {
        var t = x - 1;
        var (y, rest) = Real.FastTwoSum(Real.Fma(t, t, t + t).Sqrt(), t);
        return x.Emitter.If(
            Logarithm.IsOutside(x, 1, Large(x.Format)),
            () =>
            {
                var large = (x < double.PositiveInfinity).Select(LogOfTwice(x), x);
                return [(x < 1).Select(double.NaN, large)];
            },
            Logarithm.OfOnePlus(y, rest)
        )[0];
    }

    /// <summary>atanh x = sign x · ½ ln(1 + 2 a / (1 − a)), a = |x|: ±∞ for ±1, NaN beyond.</summary>
    public static Real Atanh(Real x)
    {
        var a = x.Abs();
        var (d, dError) = Real.FastTwoSum(1, -a);
        var y = (a + a) / d;

        // (2 a − y (1 − a)) / (1 − a), and 1 / (1 − a) is 1 + y / 2.
        var rest = Real.Fma(-y, dError, Real.Fma(-y, d, a + a)) * Real.Fma(y, 0.5, 1);
        return x
            .Emitter.If(
                Logarithm.IsOutside(a, 0, 1),
                () => [a.EqualTo(1).Select(double.PositiveInfinity, double.NaN, x.Format)],
                Logarithm.OfOnePlus(y, rest) * 0.5
            )[0]
            .WithSignOf(x);
    }

    // Below this squares are finite, and above it 1 and the square root are lost in the sum.
    private static double Large(RealFormat f) => f.Of(Math.ScaleB(1, 500), Math.ScaleB(1, 60));

    private static Real LogOfTwice(Real x)
    {
        var parts = new Reduced(x);
        return Logarithm.Natural(parts.M - 1, parts.K + Reduced.Unit(x.Format));
    }
}
