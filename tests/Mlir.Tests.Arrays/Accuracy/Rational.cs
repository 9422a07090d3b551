using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>An exact fraction, not necessarily in lowest terms.</summary>
/// <param name="Numerator">Any integer.</param>
/// <param name="Denominator">A positive integer.</param>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    // Bits of a quotient that are computed before it is rounded to a double: 53, and enough to be within one unit of the last place.
    private const int QuotientBits = 96;

    /// <summary>The magnitude.</summary>
    public Rational Magnitude => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>Exactly this number.</summary>
    public static Rational Of(double value)
    {
        var (mantissa, exponent) = Binary.Split(value);
        return exponent >= 0
            ? new Rational(new BigInteger(mantissa) << exponent, BigInteger.One)
            : new Rational(mantissa, BigInteger.One << -exponent);
    }

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational a, Rational b) =>
        a.Denominator == b.Denominator
            ? new Rational(a.Numerator - b.Numerator, a.Denominator)
            : new Rational(
                (a.Numerator * b.Denominator) - (b.Numerator * a.Denominator),
                a.Denominator * b.Denominator
            );

    /// <summary>The product.</summary>
    public static Rational operator *(Rational a, Rational b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The quotient by a positive integer.</summary>
    public static Rational operator /(Rational a, BigInteger b) => new(a.Numerator, a.Denominator * b);

    /// <summary>The nearest double, to within one unit of its last place.</summary>
    public double ToDouble()
    {
        if (Numerator.IsZero)
        {
            return 0;
        }

        var shift = QuotientBits - (int)(BigInteger.Abs(Numerator).GetBitLength() - Denominator.GetBitLength());
        var quotient = shift >= 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)quotient, -shift);
    }
}
