namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// powf, fpowi. Method: x^y = 2^(y log₂ x) with log₂ x to about 68 bits: the series of 2 artanh s, whose first two terms are computed
/// to twice the precision (T. Dekker's arithmetic, 1971, with fused multiply-adds); y log₂ x is split into an integer and a rest.
/// f32 computes in f64, where the plain logarithm is precise enough.
/// </summary>
internal static class Power
{
    // Powers of two up to here are normal numbers of f64, and so is their product with a number near 1.
    private const double Normal = 1020;

    /// <summary>x^y with the special values of IEEE 754-2019 pow, which Math.Pow follows: 1 for x = 1 or y = 0 even beside NaN.</summary>
    /// <remarks>What is not a power of a positive finite number within the normal range of f64 is a rare branch, which shares the logarithm.</remarks>
    public static Real Pow(Real x, Real y)
    {
        var isShort = x.Format.Width == 32;
        var (product, error) = isShort ? (ShortProduct(x, y), (Real?)null) : Product(x.Abs(), y, null);
        var polynomial = isShort ? Coefficients.Exp2Short : Coefficients.Exp2;
        return x.Emitter.If(
            Logarithm.IsOutside(x, isShort ? float.Epsilon : double.Epsilon, double.PositiveInfinity)
                | Logarithm.IsOutside(product.Abs(), 0, Normal),
            () =>
            {
                var fractional = y.Trunc().NotEqualTo(y);
                var half = y * 0.5;
                var even = half.Trunc().EqualTo(half);
                var magnitude = x.Emitter.Convert(Exp2Limited(product, error, polynomial), x.Format);
                return [WithSpecials(x, y, magnitude, even | fractional, fractional)];
            },
            x.Emitter.Convert(Exp2Normal(product, error, polynomial), x.Format)
        )[0];
    }

    /// <summary>
    /// x^y for a few exponents that cost at most two multiplications, a division or a square root, with errors below 2 ulp and the
    /// special values of <see cref="Pow"/>; null for others.
    /// </summary>
    public static Real? ByConstant(Real x, double y)
    {
        switch (y)
        {
            // Where a square overflows or is subnormal, so does or is the higher power far beyond: no precision is lost.
            case 1:
                return x;
            case 2:
                return x * x;
            case 3:
                return x * x * x;
            case 4:
                var square = x * x;
                return square * square;
            case -1:
                return 1 / x;
            case -2:
                var reciprocal = 1 / x;
                return reciprocal * reciprocal;
            case 0.5:
                // √(x + 0) is +0 for −0; −∞ has no root but a power.
                return x.EqualTo(double.NegativeInfinity).Select(double.PositiveInfinity, (x + 0).Sqrt());
            default:
                return null;
        }
    }

    /// <summary>x^n for an integer n: as <see cref="Pow"/> with n's own parity and, for 64-bit n, its low bits.</summary>
    public static Real PowInteger(Real x, Bits n)
    {
        var f = x.Format;
        var emitter = x.Emitter;
        var d = RealFormat.Double;
        var high = emitter.FromSigned(n, d);
        Real? low = null;
        if (n.Width == 64)
        {
            // n = a 2^32 + b exactly; the sum's rounding error is the part of n that its f64 lacks.
            var top = emitter.FromSigned(n.ShiftRightSigned(32), d) * 4294967296.0;
            var (sum, error) = Real.FastTwoSum(top, emitter.FromSigned(n & 0xFFFFFFFF, d));
            high = sum;
            low = error;
        }
        var even = (n & 1).EqualTo(0);
        if (f.Width == 32)
        {
            var wide = emitter.Convert(x, d);
            return emitter.Convert(WithSpecials(wide, high, MagnitudeShort(wide.Abs(), high), even, null), f);
        }
        return WithSpecials(x, high, Magnitude(x.Abs(), high, low), even, null);
    }

    private static Real Magnitude(Real a, Real y, Real? yLow)
    {
        var (product, error) = Product(a, y, yLow);
        return Exp2Limited(product, error, Coefficients.Exp2);
    }

    /// <summary>y log₂ a as a sum of two terms.</summary>
    private static (Real Product, Real Error) Product(Real a, Real y, Real? yLow)
    {
        var (high, low) = Log2(a);
        var product = y * high;
        var error = Real.Fma(y, high, -product) + y * low;
        return (product, yLow is { } rest ? Real.Fma(rest, high, error) : error);
    }

    /// <summary>2^y log₂ a to about 40 bits, in f64, for f32 operands.</summary>
    private static Real MagnitudeShort(Real a, Real y) => Exp2Limited(y * Log2Short(a), null, Coefficients.Exp2Short);

    /// <summary>y log₂ |x| to about 40 bits, in f64, of f32 operands.</summary>
    private static Real ShortProduct(Real x, Real y)
    {
        var emitter = x.Emitter;
        return emitter.Convert(y, RealFormat.Double) * Log2Short(emitter.Convert(x.Abs(), RealFormat.Double));
    }

    /// <summary>log₂ a to about 40 bits; numbers of f32 are never subnormal in f64.</summary>
    private static Real Log2Short(Real a)
    {
        var parts = new Reduced(a);
        var f = parts.M - 1;
        var s = f / (f + 2);
        var square = s * s;
        var series = Real.Fma(s * square, Coefficients.LogShort.At(square), s + s);
        return Real.Fma(series, Constants.Log2E.Double[0], parts.K);
    }

    /// <summary>2^(x + rest) with the rest near 0, as far as that is a number; x may be anything.</summary>
    private static Real Exp2Limited(Real x, Real? rest, Polynomial polynomial)
    {
        // Where x over- or underflows the result anyway, its error is left out: it may be NaN.
        var bounded = Exponential.Clamp(x, -1100, 1100);
        return Exp2(bounded, rest is { } error ? bounded.EqualTo(x).Select(error, 0) : null, polynomial);
    }

    /// <summary>As <see cref="Exp2Limited"/> for results that are normal numbers.</summary>
    private static Real Exp2Normal(Real x, Real? rest, Polynomial polynomial)
    {
        var (n, k) = Exponential.NearestInteger(x, 1, x.Format.Bias);
        var r = x - n;
        if (rest is { } more)
            r += more;
        var power = k.ShiftLeft(x.Format.FractionBits).Float;
        return Real.Fma(r * polynomial.At(r), power, power);
    }

    private static Real Exp2(Real x, Real? rest, Polynomial polynomial)
    {
        var (n, k) = Exponential.NearestInteger(x, 1, 2 * x.Format.Bias);
        var r = x - n;
        if (rest is { } more)
            r += more;
        return Exponential.Scale(r * polynomial.At(r), k);
    }

    /// <summary>log₂ a as a sum of two terms with a relative error of about 2^−68, for positive finite a.</summary>
    private static (Real High, Real Low) Log2(Real a)
    {
        var format = a.Format;
        var (m, k) = Logarithm.Decompose(a);
        var f = m - 1;
        var d = m + 1;
        var dLow = m - (d - 1);

        // s = f / d
        var reciprocal = 1 / d;
        var s = f * reciprocal;
        var sLow = reciprocal * Real.Fma(-s, dLow, Real.Fma(-s, d, f));

        // z = s²
        var (z, zLow) = Real.TwoProduct(s, s);
        zLow = Real.Fma(s + s, sLow, zLow);

        // w = c₃ z + z² p(z), where the polynomial is far below the first term
        double c1 = Constants.TwoLog2E[format, 0],
            c1Low = Constants.TwoLog2E[format, 1];
        double c3 = Constants.TwoThirdsLog2E[format, 0],
            c3Low = Constants.TwoThirdsLog2E[format, 1];
        var (w, wLow) = Real.TwoProduct(z, c3);
        wLow += Real.Fma(z, c3Low, zLow * c3);
        wLow = Real.Fma(z * z, Coefficients.LogTail.At(z) * Constants.Log2E[format, 0], wLow);

        // t = c₁ s, u = s w, and the sum k + t + u
        var (t, tLow) = Real.TwoProduct(s, c1);
        tLow += Real.Fma(s, c1Low, sLow * c1);
        var (u, uLow) = Real.TwoProduct(s, w);
        uLow += Real.Fma(s, wLow, sLow * w);
        var (sum, error) = Real.FastTwoSum(t, u);
        (var high, var highError) = Real.FastTwoSum(k, sum);
        return Real.FastTwoSum(high, highError + (error + (tLow + uLow)));
    }

    private static Real WithSpecials(Real x, Real y, Real magnitude, Flag even, Flag? fractional)
    {
        var a = x.Abs();
        var zero = a.EqualTo(0);
        var infinite = a.EqualTo(double.PositiveInfinity);

        // |x| = 0 or ∞: 0 or ∞ as the sign of y says. |x| = 1 with infinite y is 1.
        var limit = (zero ^ (y > 0)).Select(double.PositiveInfinity, 0, x.Format);
        magnitude = (zero | infinite).Select(limit, magnitude);
        magnitude = (a.EqualTo(1) & y.Abs().EqualTo(double.PositiveInfinity)).Select(1, magnitude);

        // Negative x: the sign of an odd power; a finite x has no power that is not an integer (±∞ counts as an even one).
        magnitude = even.Select(magnitude, magnitude.WithSignOf(x));
        if (fractional is { } f)
            magnitude = (f & (x < 0) & (a < double.PositiveInfinity)).Select(double.NaN, magnitude);
        magnitude = x.UnorderedWith(y).Select(x + y, magnitude);
        return (y.EqualTo(0) | x.EqualTo(1)).Select(1, magnitude);
    }
}
