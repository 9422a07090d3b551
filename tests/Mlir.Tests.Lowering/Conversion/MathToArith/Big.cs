using System.Numerics;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>A binary floating-point number of 240 bits and unlimited exponent: the arithmetic below <see cref="Exact"/>.</summary>
public readonly struct Big : IComparable<Big>
{
    /// <summary>Bits kept after each operation.</summary>
    public const int Precision = 240;

    public static readonly Big Zero = new(BigInteger.Zero, 0);
    public static readonly Big One = new(BigInteger.One, 0);

    public Big(BigInteger significand, int exponent)
    {
        Significand = significand;
        Exponent = exponent;
    }

    /// <summary>The value is Significand · 2^Exponent.</summary>
    public BigInteger Significand { get; }

    /// <summary>The power of two.</summary>
    public int Exponent { get; }

    public int Sign => Significand.Sign;

    /// <summary>The exponent e with 2^e ≤ |value| &lt; 2^(e+1).</summary>
    public int Magnitude => (int)BigInteger.Abs(Significand).GetBitLength() - 1 + Exponent;

    public static implicit operator Big(int value) => new(value, 0);

    /// <summary>Exact.</summary>
    public static Big From(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value));
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        long significand = exponent == 0 ? fraction : fraction | (1L << 52);
        return new(bits < 0 ? -significand : significand, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>A nearby double; only ever used as a first guess, or for a result whose error does not matter.</summary>
    public double Approximate()
    {
        var r = Round(this, 60);
        return Math.ScaleB((double)r.Significand, r.Exponent);
    }

    public static Big operator -(Big a) => new(-a.Significand, a.Exponent);

    public static Big operator +(Big a, Big b)
    {
        if (a.Sign == 0)
            return b;
        if (b.Sign == 0)
            return a;
        if (a.Exponent < b.Exponent)
            (a, b) = (b, a);

        // A term far below the other one's last bit leaves it as it is.
        if (a.Magnitude - b.Magnitude > Precision + 8)
            return a;
        int shift = a.Exponent - b.Exponent;
        return Round(new((a.Significand << shift) + b.Significand, b.Exponent), Precision);
    }

    public static Big operator -(Big a, Big b) => a + -b;

    public static Big operator *(Big a, Big b) =>
        Round(new(a.Significand * b.Significand, a.Exponent + b.Exponent), Precision);

    public static Big operator /(Big a, Big b)
    {
        if (a.Sign == 0)
            return Zero;
        int shift =
            Precision
            + 8
            + (int)BigInteger.Abs(b.Significand).GetBitLength()
            - (int)BigInteger.Abs(a.Significand).GetBitLength();
        shift = Math.Max(shift, 0);
        return Round(new((a.Significand << shift) / b.Significand, a.Exponent - b.Exponent - shift), Precision);
    }

    /// <summary>This number times a power of two, exactly.</summary>
    public Big Scale(int power) => new(Significand, Exponent + power);

    public Big Abs() => new(BigInteger.Abs(Significand), Exponent);

    /// <summary>The square root.</summary>
    public Big Sqrt()
    {
        if (Sign == 0)
            return Zero;
        int shift = Math.Max(2 * Precision + 16 - (int)Significand.GetBitLength(), 0);
        if (((Exponent - shift) & 1) != 0)
            shift++;
        var radicand = Significand << shift;

        // Newton's iteration from above converges monotonically to the integer square root.
        var root = BigInteger.One << (int)((radicand.GetBitLength() + 1) / 2);
        int top = (int)radicand.GetBitLength() - 104;
        if (top > 0)
            root = (new BigInteger(Math.Sqrt((double)(radicand >> (top + (top & 1))))) + 2) << ((top + (top & 1)) / 2);
        while (true)
        {
            var next = (root + radicand / root) >> 1;
            if (next >= root)
                break;
            root = next;
        }
        return Round(new(root, (Exponent - shift) / 2), Precision);
    }

    /// <summary>The nearest integer.</summary>
    public BigInteger Nearest()
    {
        if (Exponent >= 0)
            return Significand << Exponent;
        if (Magnitude < -1)
            return BigInteger.Zero;
        return ((Significand >> (-Exponent - 1)) + 1) >> 1;
    }

    public int CompareTo(Big other) => (this - other).Sign;

    public static bool operator <(Big a, Big b) => a.CompareTo(b) < 0;

    public static bool operator >(Big a, Big b) => a.CompareTo(b) > 0;

    /// <summary>Truncates to a number of bits; the error of one unit in 2^−240 is far below what is measured.</summary>
    private static Big Round(Big value, int bits)
    {
        int excess = (int)BigInteger.Abs(value.Significand).GetBitLength() - bits;
        return excess <= 0 ? value : new(value.Significand >> excess, value.Exponent + excess);
    }
}
