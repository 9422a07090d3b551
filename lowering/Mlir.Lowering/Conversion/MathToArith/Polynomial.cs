namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>Coefficients of a minimax polynomial, lowest degree first, for each format; printed by <c>minimax.py</c>.</summary>
/// <param name="Double">Coefficients for f64.</param>
/// <param name="Single">Coefficients for f32.</param>
internal sealed record Polynomial(double[] Double, double[] Single)
{
    /// <summary>The coefficients for one format.</summary>
    public ReadOnlySpan<double> For(RealFormat format) => format.Width == 64 ? Double : Single;

    /// <summary>
    /// p(x). Up to five coefficients by Horner's rule; more as even(x²) + x · odd(x²), which halves the chain of dependent
    /// operations for one more multiplication.
    /// </summary>
    public Real At(Real x)
    {
        var c = For(x.Format);
        return c.Length <= 5 ? Horner(x, c, 0, 1) : Split(x, x * x, c);
    }

    /// <summary>p(x) where x² is at hand.</summary>
    public Real At(Real x, Real square)
    {
        var c = For(x.Format);
        return c.Length <= 3 ? Horner(x, c, 0, 1) : Split(x, square, c);
    }

    /// <summary>
    /// p(x) as c₀ + x (low(x) + x^m · high(x)), which keeps every partial sum small where coefficients alternate in sign and x is near
    /// 1, and leaves one rounding at the full size of the result.
    /// </summary>
    /// <param name="x">The argument.</param>
    /// <param name="logarithm">The base-2 logarithm of m, the number of coefficients in the low part.</param>
    public Real InBlocks(Real x, int logarithm) => Real.Fma(x, Tail(x, logarithm), For(x.Format)[0]);

    /// <summary>As <see cref="InBlocks"/>, with the error of that last rounding; right where c₀ is the largest term.</summary>
    public (Real High, Real Low) InBlocksWithError(Real x, int logarithm)
    {
        var first = For(x.Format)[0];
        var tail = Tail(x, logarithm);
        var high = Real.Fma(x, tail, first);
        return (high, Real.Fma(x, tail, first - high));
    }

    private Real Tail(Real x, int logarithm)
    {
        var c = For(x.Format)[1..];
        int block = 1 << logarithm;
        if (c.Length <= block)
        {
            return Horner(x, c, 0, 1);
        }

        var power = x;
        for (var i = 0; i < logarithm; i++)
        {
            power *= power;
        }

        return Real.Fma(power, Horner(x, c[block..], 0, 1), Horner(x, c[..block], 0, 1));
    }

    private static Real Split(Real x, Real square, ReadOnlySpan<double> c) =>
        Real.Fma(x, Horner(square, c, 1, 2), Horner(square, c, 0, 2));

    private static Real Horner(Real x, ReadOnlySpan<double> c, int first, int step)
    {
        int last = first + (c.Length - 1 - first) / step * step;
        Real sum = c[last];
        for (int i = last - step; i >= 0; i -= step)
            sum = Real.Fma(sum, x, c[i]);
        return sum;
    }
}
