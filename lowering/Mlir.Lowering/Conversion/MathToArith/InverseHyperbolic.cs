namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// asinh, acosh, atanh by way of the logarithm of a sum of two numbers, which keeps relative accuracy where the result is near 0
/// (W. Kahan, Branch Cuts for Complex Elementary Functions, 1987).
/// </summary>
internal static class InverseHyperbolic
{
    /// <summary>asinh x = sign x · log1p(a + a² / (1 + √(1 + a²))), a = |x|.</summary>
    public static Real Asinh(Real x)
    {
        var f = x.Format;
        var a = x.Abs();

        // Above this a² would lose all it is added to, and then overflow: there asinh a = log a + log 2.
        var large = a > f.Of(1 << 30, 1 << 14);
        var bounded = large.Select(1, a);
        var square = bounded * bounded;
        var quotient = square / ((square + 1).Sqrt() + 1);
        var (y, rest) = Real.FastTwoSum(bounded, quotient);
        var (high, low) = Real.TwoSum(1, y);
        var result = Logarithm.OfSum(large.Select(a, high), large.Select(0, low + rest), large.Select(1, 0, f));
        result = (a < double.PositiveInfinity).Select(result, a);
        return (a < f.Of(1e-9, 1e-5)).Select(x, result.WithSignOf(x));
    }

    /// <summary>acosh x = log1p(t + √(2 t + t²)), t = x − 1: +0 for 1, NaN below.</summary>
    public static Real Acosh(Real x)
    {
        var f = x.Format;
        var large = x > f.Of(1 << 30, 1 << 14);
        var t = large.Select(1, x) - 1;
        var (square, squareError) = Real.TwoProduct(t, t);
        var (radicand, radicandError) = Real.TwoSum(t + t, square);
        var root = radicand.Sqrt();
        var guard = root.EqualTo(0).Select(1, root);
        var rootError = (Real.Fma(-root, root, radicand) + (radicandError + squareError)) * 0.5 / guard;
        var (y, rest) = Real.TwoSum(t, root);
        var (high, low) = Real.TwoSum(1, y);
        var result = Logarithm.OfSum(
            large.Select(x, high),
            large.Select(0, low + (rest + rootError)),
            large.Select(1, 0, f)
        );
        result = (x < double.PositiveInfinity).Select(result, x);
        return (x < 1).Select(double.NaN, result);
    }

    /// <summary>
    /// atanh x = ½ log((1 + x) / (1 − x)): with (1 + a) / (1 − a) = 2^k (1 + s) / (1 − s), s = (1 + a − 2^k (1 − a)) / (1 + a + 2^k (1 − a)),
    /// one division leads straight to the series of the logarithm. ±∞ for ±1, NaN beyond, −0 for −0.
    /// </summary>
    public static Real Atanh(Real x)
    {
        var f = x.Format;
        var a = x.Abs();
        var (plus, plusError) = Real.FastTwoSum(1, a);
        var (minus, minusError) = Real.FastTwoSum(1, -a);

        // k: the difference of the exponents, and one more where the significands are more than √2 apart.
        var difference = plus.Bits - minus.Bits;
        var floor = difference.ShiftRightSigned(f.FractionBits);
        var floorPower = (floor + f.Bias).ShiftLeft(f.FractionBits).Float;
        var up = plus > minus * floorPower * Math.Sqrt(2);
        var power = up.Select(floorPower + floorPower, floorPower);
        var exponent = up.Select(floor + 1, floor);
        minus *= power;
        minusError *= power;

        // n = (1 + a) − 2^k (1 − a) and d = (1 + a) + 2^k (1 − a), each with its error; s = n / d with its error.
        var (n, nError) = Real.TwoSum(plus, -minus);
        (n, nError) = Real.FastTwoSum(n, nError + (plusError - minusError));
        var (d, dError) = Real.TwoSum(plus, minus);
        dError += plusError + minusError;
        var s = n / d;
        var sError = (Real.Fma(-s, d, n) + (nError - s * dError)) / d;

        var square = s * s;
        var tail = s * square * Coefficients.Log.At(square);
        var k = x.Emitter.FromSigned(exponent, f);
        var half = k * (0.5 * Constants.Ln2[f, 0]);
        var small = Real.Fma(k, 0.5 * Constants.Ln2[f, 1], Real.Fma(tail, 0.5, sError));
        var (sum, error) = Real.FastTwoSum(half, s);
        error += Real.Fma(k, 0.5 * Constants.Ln2[f, 0], -half);
        var result = sum + (error + small);
        result = a.EqualTo(1).Select(double.PositiveInfinity, result);
        result = (a > 1).Select(double.NaN, result);
        return (a < f.Negligible).Select(x, result.WithSignOf(x));
    }
}
