using System.Numerics;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>
/// Elementary functions to at least 100 bits, from nothing but integer arithmetic. System.Math serves as a first guess only, and each
/// guess is checked: a wrong one throws.
/// </summary>
public static class Exact
{
    /// <summary>π to 1,600 bits by Machin's formula: enough to reduce the largest double.</summary>
    private static readonly BigInteger PiFixed = 16 * ArctanOfInverse(5) - 4 * ArctanOfInverse(239);
    private const int PiBits = 1600;

    /// <summary>π to 240 bits.</summary>
    public static readonly Big Pi = new(PiFixed >> (PiBits - 300), -300);
    private static readonly Big Ln2 = new Big(2 * ArtanhOfInverse(3), -PiBits) * 1;
    private static readonly Big Ln10 = Log(10);
    private static readonly Big SqrtPi = Pi.Sqrt();

    public static Big Exp(Big x)
    {
        if (x.Sign == 0)
            return 1;
        var k = (x / Ln2).Nearest();
        const int halvings = 10;
        var r = (x - new Big(k, 0) * Ln2).Scale(-halvings);
        Big sum = 1,
            term = 1;
        for (int n = 1; term.Sign != 0 && term.Magnitude > -Big.Precision - 8; n++)
        {
            term = term * r / n;
            sum += term;
        }
        for (int i = 0; i < halvings; i++)
            sum *= sum;
        return sum.Scale((int)k);
    }

    public static Big Exp2(Big x) => Exp(x * Ln2);

    public static Big ExpM1(Big x)
    {
        if (x.Sign == 0)
            return 0;
        if (x.Magnitude > -40)
            return Exp(x) - 1;
        return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5))));
    }

    public static Big Log(Big x)
    {
        // x = 2^k m with m near 1: log m = guess + log1p(m exp(−guess) − 1)
        int k = x.Magnitude;
        var m = x.Scale(-k);
        if (m > Big.From(1.5))
        {
            m = m.Scale(-1);
            k++;
        }
        if (k == 0 && (m - 1).Sign != 0 && (m - 1).Magnitude < -12)
            return Log1P(m - 1);
        var guess = Big.From(Math.Log(m.Approximate()));
        var ratio = m * Exp(-guess) - 1;
        if (ratio.Sign != 0 && ratio.Magnitude > -40)
            throw new InvalidOperationException("The first guess of a logarithm is wrong.");
        return new Big(k, 0) * Ln2 + guess + Log1P(ratio);
    }

    public static Big Log2(Big x) => Log(x) / Ln2;

    public static Big Log10(Big x) => Log(x) / Ln10;

    public static Big Log1P(Big x)
    {
        if (x.Sign == 0)
            return 0;
        if (x.Magnitude >= -12)
            return Log(1 + x);
        var s = x / (2 + x);
        var square = s * s;
        Big sum = 0,
            power = s;
        for (int n = 1; power.Sign != 0 && power.Magnitude > s.Magnitude - Big.Precision; n += 2)
        {
            sum += power / n;
            power *= square;
        }
        return sum.Scale(1);
    }

    public static (Big Sin, Big Cos) SinCos(Big x)
    {
        if (x.Sign == 0)
            return (0, 1);

        // The multiple of π/2 nearest to x, and the distance, in fixed point with all the bits that a double can need.
        var scaled =
            x.Exponent + PiBits >= 0 ? x.Significand << (x.Exponent + PiBits) : x.Significand >> -(x.Exponent + PiBits);
        var halfPi = PiFixed >> 1;
        var quarters = x.Magnitude < -1 ? BigInteger.Zero : FloorDivide(2 * scaled + halfPi, PiFixed);
        var r = quarters.IsZero ? x : new Big(2 * scaled - quarters * PiFixed, -PiBits - 1) * 1;
        var square = r * r;
        Big sin = r,
            cos = 1,
            term = r,
            even = 1;
        for (int n = 2; term.Sign != 0 && term.Magnitude > r.Magnitude - Big.Precision - 8; n += 2)
        {
            even = -(even * square) / (n * (n - 1));
            term = -(term * square) / (n * (n + 1));
            cos += even;
            sin += term;
        }
        return ((int)(quarters & 3)) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    public static Big Sin(Big x) => SinCos(x).Sin;

    public static Big Cos(Big x) => SinCos(x).Cos;

    public static Big Tan(Big x)
    {
        var (sin, cos) = SinCos(x);
        return sin / cos;
    }

    public static Big Atan(Big x)
    {
        if (x.Sign == 0)
            return 0;
        if (x.Abs() > 1)
            return (x.Sign > 0 ? Pi.Scale(-1) : -Pi.Scale(-1)) - Atan(1 / x);
        if (x.Magnitude < -40)
        {
            var z = x * x;
            return x * (1 - z / 3 + z * z / 5);
        }
        var guess = Big.From(Math.Atan(x.Approximate()));
        var (sin, cos) = SinCos(guess);
        var t = (x * cos - sin) / (cos + x * sin);
        if (t.Sign != 0 && t.Magnitude > -45)
            throw new InvalidOperationException("The first guess of an arc tangent is wrong.");
        var square = t * t;
        return guess + t * (1 - square / 3 + square * square / 5);
    }

    public static Big Atan2(Big y, Big x)
    {
        if (x.Sign == 0)
            return y.Sign >= 0 ? Pi.Scale(-1) : -Pi.Scale(-1);
        var angle = Atan(y / x);
        return x.Sign > 0 ? angle
            : y.Sign >= 0 ? angle + Pi
            : angle - Pi;
    }

    public static Big Asin(Big x) =>
        (1 - x.Abs()).Sign == 0 ? (x.Sign > 0 ? Pi.Scale(-1) : -Pi.Scale(-1)) : Atan(x / ((1 - x) * (1 + x)).Sqrt());

    public static Big Acos(Big x) => (1 + x).Sign == 0 ? Pi : Atan(((1 - x) / (1 + x)).Sqrt()).Scale(1);

    public static Big Sinh(Big x)
    {
        if (x.Sign == 0)
            return 0;
        if (x.Magnitude < -30)
        {
            var z = x * x;
            return x * (1 + z / 6 * (1 + z / 20 * (1 + z / 42)));
        }
        var e = Exp(x);
        return (e - 1 / e).Scale(-1);
    }

    public static Big Cosh(Big x)
    {
        var e = Exp(x);
        return (e + 1 / e).Scale(-1);
    }

    public static Big Tanh(Big x) => Sinh(x) / Cosh(x);

    public static Big Asinh(Big x)
    {
        var a = x.Abs();
        var result = Log1P(a + a * a / (1 + (1 + a * a).Sqrt()));
        return x.Sign < 0 ? -result : result;
    }

    public static Big Acosh(Big x)
    {
        var t = x - 1;
        return Log1P(t + (t * (t + 2)).Sqrt());
    }

    public static Big Atanh(Big x)
    {
        var a = x.Abs();
        var result = Log1P(a.Scale(1) / (1 - a)).Scale(-1);
        return x.Sign < 0 ? -result : result;
    }

    public static Big Erf(Big x) => x.Abs() > 3 ? (x.Sign > 0 ? 1 - Erfc(x) : Erfc(-x) - 1) : ErfSeries(x);

    public static Big Erfc(Big x)
    {
        if (x.Abs() < 3 || x.Sign <= 0)
            return x.Sign < 0 && x.Abs() > 3 ? 2 - Erfc(-x) : 1 - ErfSeries(x);

        // erfc x = exp(−x²) / √π · 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / …))), from the inside out.
        Big tail = x;
        for (int n = 200; n >= 1; n--)
            tail = x + new Big(n, -1) / tail;
        return Exp(-(x * x)) / (SqrtPi * tail);
    }

    public static Big Cbrt(Big x)
    {
        if (x.Sign == 0)
            return 0;
        int third = x.Magnitude / 3;
        var m = x.Scale(-3 * third);
        var y = Big.From(Math.Cbrt(m.Approximate()));
        for (int i = 0; i < 3; i++)
            y -= (y * y * y - m) / (3 * y * y);
        return y.Scale(third);
    }

    public static Big Rsqrt(Big x) => 1 / x.Sqrt();

    /// <summary>x^y for positive x.</summary>
    public static Big Pow(Big x, Big y) => Exp(y * Log(x));

    /// <summary>x − y trunc(x / y).</summary>
    public static Big Remainder(Big x, Big y)
    {
        int exponent = Math.Min(x.Exponent, y.Exponent);
        return new(
            BigInteger.Remainder(x.Significand << (x.Exponent - exponent), y.Significand << (y.Exponent - exponent)),
            exponent
        );
    }

    /// <summary>2/√π exp(−x²) Σ 2^n x^(2n+1) / (1·3·5·…·(2n+1)): all terms have one sign.</summary>
    private static Big ErfSeries(Big x)
    {
        if (x.Sign == 0)
            return 0;
        var twice = (x * x).Scale(1);
        Big sum = x,
            term = x;
        for (int n = 1; term.Magnitude > sum.Magnitude - Big.Precision; n++)
        {
            term = term * twice / (2 * n + 1);
            sum += term;
        }
        return sum.Scale(1) * Exp(-(x * x)) / SqrtPi;
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger ArctanOfInverse(int n)
    {
        BigInteger power = (BigInteger.One << PiBits) / n,
            sum = power;
        for (int k = 3, sign = -1; !power.IsZero; k += 2, sign = -sign)
        {
            power /= n * n;
            sum += sign * power / k;
        }
        return sum;
    }

    private static BigInteger ArtanhOfInverse(int n)
    {
        BigInteger power = (BigInteger.One << PiBits) / n,
            sum = power;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power /= n * n;
            sum += power / k;
        }
        return sum;
    }
}
