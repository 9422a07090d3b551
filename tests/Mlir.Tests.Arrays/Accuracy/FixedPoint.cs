using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>Products, exponentials and logarithms with more than 200 correct bits, on integers that stand for multiples of a small power of two.</summary>
internal static class FixedPoint
{
    private const int Fraction = 320;
    private const int Halvings = 16;
    private const int Terms = 24;

    // Leading bits of a running product that are kept: what is cut off is below 2^-250 of it each time.
    private const int ProductBits = 256;

    private static readonly BigInteger One = BigInteger.One << Fraction;

    /// <summary>The exponential of a number of moderate size.</summary>
    public static Rational Exp(Rational x) => new(Exp(Scaled(x)), One);

    /// <summary>The natural logarithm of a positive number.</summary>
    public static Rational Log(Rational x)
    {
        // Newton's iteration doubles the number of correct bits each time: 50, 100, 200, …
        var y = Scaled(Rational.Of(Math.Log(x.ToDouble())));
        for (var round = 0; round < 3; round++)
        {
            y += (Scaled(x) * Exp(-y) >> Fraction) - One;
        }

        return new Rational(y, One);
    }

    /// <summary>The product of doubles.</summary>
    public static Rational Product(IEnumerable<double> factors)
    {
        var (product, exponent) = (BigInteger.One, 0L);
        foreach (var factor in factors)
        {
            var (mantissa, e) = Binary.Split(factor);
            product *= mantissa;
            exponent += e;
            var excess = (int)product.GetBitLength() - ProductBits;
            if (excess > 0)
            {
                product >>= excess;
                exponent += excess;
            }
        }

        return exponent >= 0
            ? new Rational(product << (int)exponent, BigInteger.One)
            : new Rational(product, BigInteger.One << (int)-exponent);
    }

    private static BigInteger Scaled(Rational x) => (x.Numerator << Fraction) / x.Denominator;

    // exp(x) = exp(x / 2^h)^(2^h), and Taylor's series for the small one: each squaring loses a bit of the 320.
    private static BigInteger Exp(BigInteger x)
    {
        var small = x >> Halvings;
        var (sum, term) = (One, One);
        for (var n = 1; n <= Terms; n++)
        {
            term = (term * small >> Fraction) / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
        {
            sum = sum * sum >> Fraction;
        }

        return sum;
    }
}
