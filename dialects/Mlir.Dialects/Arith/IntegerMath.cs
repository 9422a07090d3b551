namespace Mlir.Dialects.Arith;

/// <summary>Integer arithmetic of <c>arith</c> on sign-extended 128-bit values of a stated width.</summary>
public static class IntegerMath
{
    /// <summary>The low <paramref name="width"/> bits of <paramref name="value"/> as an unsigned number.</summary>
    public static UInt128 Unsigned(Int128 value, int width) =>
        width >= 128 ? (UInt128)value : (UInt128)value & ((UInt128.One << width) - 1);

    /// <summary>The low <paramref name="width"/> bits of <paramref name="value"/> as a signed number.</summary>
    public static Int128 Signed(Int128 value, int width) => width is 0 ? 0 : value << (128 - width) >> (128 - width);

    /// <summary>The largest signed number of <paramref name="width"/> bits.</summary>
    public static Int128 MaxSigned(int width) => ~MinSigned(width);

    /// <summary>The smallest signed number of <paramref name="width"/> bits.</summary>
    public static Int128 MinSigned(int width) => width is 0 ? 0 : Int128.NegativeOne << (width - 1);

    /// <summary>The number with all bits set.</summary>
    public static Int128 AllOnes(int width) => width is 0 ? 0 : -1;

    /// <summary>Zero.</summary>
    public static Int128 Zero(int width) => 0;

    /// <summary>Whether the signed division of <paramref name="a"/> by <paramref name="b"/> does not fit the width.</summary>
    public static bool DivisionOverflows(Int128 a, Int128 b, int width) =>
        b == -1 && a == MinSigned(width) && width > 0;

    /// <summary>The signed quotient rounded towards positive infinity.</summary>
    public static Int128 CeilDivSigned(Int128 a, Int128 b)
    {
        var (quotient, remainder) = Int128.DivRem(a, b);
        return remainder != 0 && remainder < 0 == b < 0 ? quotient + 1 : quotient;
    }

    /// <summary>The signed quotient rounded towards negative infinity.</summary>
    public static Int128 FloorDivSigned(Int128 a, Int128 b)
    {
        var (quotient, remainder) = Int128.DivRem(a, b);
        return remainder != 0 && remainder < 0 != b < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The unsigned quotient rounded up.</summary>
    public static UInt128 CeilDivUnsigned(UInt128 a, UInt128 b) => a / b + (a % b == 0 ? UInt128.Zero : UInt128.One);

    /// <summary>Whether the unsigned sum exceeds <paramref name="width"/> bits.</summary>
    public static bool AddOverflowsUnsigned(Int128 a, Int128 b, int width) =>
        Unsigned(unchecked(a + b), width) < Unsigned(a, width);

    /// <summary>The upper half of the signed product of two numbers of <paramref name="width"/> bits.</summary>
    public static Int128 MultiplyHighSigned(Int128 a, Int128 b, int width)
    {
        // high(a·b) signed = high unsigned − (a < 0 ? b : 0) − (b < 0 ? a : 0), modulo 2^width.
        var high = MultiplyHighUnsigned(a, b, width);
        return unchecked(high - (a < 0 ? b : 0) - (b < 0 ? a : 0));
    }

    /// <summary>The upper half of the unsigned product of two numbers of <paramref name="width"/> bits.</summary>
    public static Int128 MultiplyHighUnsigned(Int128 a, Int128 b, int width)
    {
        var (x, y) = (Unsigned(a, width), Unsigned(b, width));
        if (width <= 64)
        {
            return (Int128)(x * y >> width);
        }

        var product = (System.Numerics.BigInteger)x * y >> width;
        return (Int128)(UInt128)(product & UInt128.MaxValue);
    }

    /// <summary><paramref name="b"/>-th power of <paramref name="a"/>, wrapping; negative powers as the integer part of the rational value; null for 0 to a negative power.</summary>
    public static Int128? Power(Int128 a, Int128 b, int width)
    {
        if (b < 0)
        {
            return a switch
            {
                _ when a == 0 => null,
                _ when a == 1 => 1,
                _ when a == -1 => (b & 1) == 0 ? 1 : -1,
                _ => 0,
            };
        }

        var result = (Int128)1;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0)
            {
                result = unchecked(result * a);
            }

            a = unchecked(a * a);
        }

        return Signed(result, width);
    }

    /// <summary>A double that rounds to the same value of <paramref name="precision"/> bits as <paramref name="magnitude"/> does.</summary>
    /// <remarks>For narrow formats the lost bits are kept as one sticky bit, so that rounding happens once.</remarks>
    public static double ToDouble(UInt128 magnitude, int precision)
    {
        if (magnitude >> 53 == 0)
        {
            return (double)(ulong)magnitude;
        }

        var length = 128 - (int)UInt128.LeadingZeroCount(magnitude);
        var shift = length - 53;
        var top = (ulong)(magnitude >> shift);
        var rest = magnitude & ((UInt128.One << shift) - 1);
        if (precision < 52)
        {
            return System.Math.ScaleB(top | (rest == 0 ? 0UL : 1UL), shift);
        }

        var half = UInt128.One << (shift - 1);
        if (rest > half || (rest == half && (top & 1) != 0))
        {
            top++;
        }

        return System.Math.ScaleB(top, shift);
    }
}
