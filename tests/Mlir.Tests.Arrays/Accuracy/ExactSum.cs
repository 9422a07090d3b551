using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>A sum of doubles and of products of two doubles without any rounding: a fixed-point number that holds all of their bits.</summary>
internal sealed class ExactSum
{
    // The last bit of the smallest product: 2^-1074 squared.
    private const int Fraction = 2148;
    private const int DigitBits = 32;

    // Products reach 2^2048; a digit may overflow into the next one 2^30 times before anybody asks.
    private readonly long[] _digits = new long[((Fraction + 2048) / DigitBits) + 4];

    /// <summary>The sum so far.</summary>
    public Rational Value
    {
        get
        {
            var total = BigInteger.Zero;
            for (var i = _digits.Length - 1; i >= 0; i--)
            {
                total = (total << DigitBits) + _digits[i];
            }

            return new Rational(total, BigInteger.One << Fraction);
        }
    }

    /// <summary>The sum of all <paramref name="terms"/>.</summary>
    public static Rational Of(IEnumerable<double> terms)
    {
        var sum = new ExactSum();
        foreach (var term in terms)
        {
            sum.Add(term);
        }

        return sum.Value;
    }

    /// <summary>Adds a finite number.</summary>
    public void Add(double term)
    {
        var (mantissa, exponent) = Binary.Split(term);
        Add((UInt128)Math.Abs(mantissa), exponent, mantissa < 0);
    }

    /// <summary>Adds the product of two finite numbers.</summary>
    public void AddProduct(double a, double b)
    {
        var (x, p) = Binary.Split(a);
        var (y, q) = Binary.Split(b);
        Add((UInt128)Math.Abs(x) * (UInt128)Math.Abs(y), p + q, (x < 0) != (y < 0));
    }

    private void Add(UInt128 magnitude, int exponent, bool isNegative)
    {
        var (digit, shift) = Math.DivRem(exponent + Fraction, DigitBits);
        for (; magnitude != 0; magnitude >>= DigitBits, digit++)
        {
            var part = (ulong)(uint)magnitude << shift;
            var (low, high) = ((long)(uint)part, (long)(part >> DigitBits));
            _digits[digit] += isNegative ? -low : low;
            _digits[digit + 1] += isNegative ? -high : high;
        }
    }
}
