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
            if (double.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var back)
                && FloatFormat.FromDouble(type, back) == bits)
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
        switch (type.Name)
        {
            case "f32":
                ((float)value).TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
                break;
            case "f16":
                ((Half)value).TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
                break;
            default:
                value.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
                break;
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

        return TryParse(type, text[..length], out var back) && back == bits ? length : 0;
    }

    /// <summary>The bits of the decimal <paramref name="text"/> in <paramref name="type"/>, rounded to nearest even.</summary>
    public static bool TryParse(FloatType type, ReadOnlySpan<char> text, out UInt128 bits)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        bits = default;
        switch (type.Name)
        {
            case "f32":
                if (!float.TryParse(text, Style, CultureInfo.InvariantCulture, out var single))
                {
                    return false;
                }

                bits = BitConverter.SingleToUInt32Bits(single);
                return true;
            case "f16":
                if (!Half.TryParse(text, Style, CultureInfo.InvariantCulture, out var half))
                {
                    return false;
                }

                bits = BitConverter.HalfToUInt16Bits(half);
                return true;
            default:
                if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
                {
                    return false;
                }

                bits = type.Name == "f64" ? BitConverter.DoubleToUInt64Bits(value) : FloatFormat.FromDouble(type, value);
                return true;
        }
    }
}
