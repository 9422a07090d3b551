using System.Globalization;

namespace Mlir.Ptx.Text;

/// <summary>What the digits of a literal mean.</summary>
internal static class Literals
{
    /// <summary>Reads <c>12</c>, <c>0x1F</c>, <c>017</c>, <c>0b101</c>, each with an optional <c>U</c> behind it.</summary>
    public static bool TryInteger(ReadOnlySpan<char> digits, out ulong value)
    {
        digits = digits.TrimEnd("uU");
        if (digits is ['0', 'x' or 'X', ..])
        {
            return ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        if (digits is ['0', 'b' or 'B', ..])
        {
            return ulong.TryParse(
                digits[2..],
                NumberStyles.AllowBinarySpecifier,
                CultureInfo.InvariantCulture,
                out value
            );
        }

        return digits is ['0', _, ..]
            ? TryOctal(digits, out value)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads <c>0f3F800000</c>, <c>0d3FF0000000000000</c> or <c>1.5e3</c>.</summary>
    public static bool TryFloat(ReadOnlySpan<char> digits, out ulong bits, out bool isSingle)
    {
        isSingle = digits is ['0', 'f' or 'F', ..];
        if (isSingle || digits is ['0', 'd' or 'D', ..])
        {
            var isWhole = digits.Length == (isSingle ? 10 : 18);
            return ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bits)
                && isWhole;
        }

        var isNumber = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        bits = BitConverter.DoubleToUInt64Bits(number);
        return isNumber;
    }

    /// <summary>The bits of a literal as a value of the type; integer types take the literal's own bits.</summary>
    public static ulong Bits(FloatSyntax literal, PtxType type)
    {
        if (type.Bytes == 4)
        {
            return literal.IsSingle
                ? literal.Bits
                : BitConverter.SingleToUInt32Bits((float)BitConverter.UInt64BitsToDouble(literal.Bits));
        }

        return literal.IsSingle && type.Bytes == 8
            ? BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle((uint)literal.Bits))
            : literal.Bits;
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || value >> 61 != 0)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }
}
