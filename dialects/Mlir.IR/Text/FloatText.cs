using System.Globalization;

namespace Mlir.IR.Text;

/// <summary>Float constants as text that reads back to the same bits.</summary>
internal static class FloatText
{
    /// <summary>The most characters that <see cref="Format"/> writes.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether the constant has no decimal form: infinities, NaNs, values that a double cannot hold.</summary>
    public static bool NeedsHex(FloatAttr attribute) => NeedsHex(attribute.FloatType, attribute.Bits, out _);

    private static bool NeedsHex(FloatType type, UInt128 bits, out double value)
    {
        value = FloatFormat.ToDouble(type, bits);
        return !double.IsFinite(value) || FloatFormat.FromDouble(type, value) != bits;
    }

    /// <summary>Writes the constant: six digits when that is exact (<c>1.000000e+00</c>), else the shortest decimal, else hexadecimal bits.</summary>
    public static int Format(FloatType type, UInt128 bits, Span<char> text)
    {
        if (!NeedsHex(type, bits, out var value))
        {
            // 1.5 → 1.500000e+00
            value.TryFormat(text, out var length, "0.00000e+00", CultureInfo.InvariantCulture);
            if (FromDecimal(type, text[..length]) == bits)
            {
                var exponent = text[..length].LastIndexOf('e');
                text[exponent..length].CopyTo(text[(exponent + 1)..]);
                text[exponent] = '0';
                return length + 1;
            }

            length = Shortest(type, bits, value, text);
            if (length > 0)
            {
                return length;
            }
        }

        text[0] = '0';
        text[1] = 'x';
        bits.TryFormat(text[2..], out var digits, "X", CultureInfo.InvariantCulture);
        return digits + 2;
    }

    private static int Shortest(FloatType type, UInt128 bits, double value, Span<char> text)
    {
        int length;
        if (type.Name is "f32")
        {
            ((float)value).TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
        }
        else if (type.Name is "f16")
        {
            ((Half)value).TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
        }
        else
        {
            value.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
        }

        // MLIR's floats need a point: 123456789 → 123456789.0, 1E+25 → 1.0E+25
        if (!text[..length].Contains('.'))
        {
            var at = text[..length].IndexOf('E');
            if (at < 0)
            {
                at = length;
            }

            text[at..length].CopyTo(text[(at + 2)..]);
            text[at] = '.';
            text[at + 1] = '0';
            length += 2;
        }

        return FromDecimal(type, text[..length]) == bits ? length : 0;
    }

    // As in MLIR, a decimal becomes the nearest double first and then the nearest value of the format.
    private static UInt128 FromDecimal(FloatType type, ReadOnlySpan<char> text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return type.Name == "f64" ? BitConverter.DoubleToUInt64Bits(value) : FloatFormat.FromDouble(type, value);
    }

    /// <summary>The bits of the unsigned decimal <paramref name="token"/>, negated on demand, in <paramref name="type"/>.</summary>
    public static UInt128 Parse(FloatType type, ReadOnlySpan<char> token, bool negative)
    {
        var value = double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);
        value = negative ? -value : value;
        return type.Name == "f64" ? BitConverter.DoubleToUInt64Bits(value) : FloatFormat.FromDouble(type, value);
    }
}
