using System.Numerics;

namespace Mlir.IR;

/// <summary>Conversions between <see cref="double"/> and the bit patterns of the float types.</summary>
public static class FloatFormat
{
    /// <summary>The value of <paramref name="bits"/>; 80- and 128-bit formats are rounded to the nearest double.</summary>
    public static double ToDouble(FloatType type, UInt128 bits)
    {
        if (type == FloatType.F64)
        {
            return BitConverter.UInt64BitsToDouble((ulong)bits);
        }

        if (type == FloatType.F32)
        {
            // Widened by hand: the processor's conversion would quieten a signalling NaN.
            var b = (uint)bits;
            return (b & 0x7F80_0000) == 0x7F80_0000
                ? BitConverter.UInt64BitsToDouble(
                    ((ulong)(b & 0x8000_0000) << 32) | 0x7FF0_0000_0000_0000UL | ((ulong)(b & 0x7F_FFFF) << 29)
                )
                : BitConverter.UInt32BitsToSingle(b);
        }

        var (explicitBits, exponentBits, bias) = Layout(type);
        var negative = HasSign(type) && ((bits >> (type.Width - 1)) & 1) == 1;
        var exponent = (int)((bits >> explicitBits) & ((UInt128.One << exponentBits) - 1));
        var fraction = bits & ((UInt128.One << explicitBits) - 1);
        if (IsNaN(type, exponent, fraction, negative, exponentBits, explicitBits))
        {
            return negative && !type.Name.EndsWith("FNUZ", StringComparison.Ordinal) ? -double.NaN : double.NaN;
        }

        if (HasInfinity(type) && exponent == (1 << exponentBits) - 1)
        {
            return negative ? double.NegativeInfinity : double.PositiveInfinity;
        }

        double magnitude;
        if (type.Name == "f80")
        {
            magnitude = Math.ScaleB((double)fraction, Math.Max(exponent, 1) - bias - 63);
        }
        else if (type.Name == "f8E8M0FNU")
        {
            magnitude = Math.ScaleB(1.0, exponent - bias);
        }
        else
        {
            var significand = exponent == 0 ? fraction : fraction | (UInt128.One << explicitBits);
            magnitude = Math.ScaleB((double)significand, Math.Max(exponent, 1) - bias - explicitBits);
        }

        return negative ? -magnitude : magnitude;
    }

    /// <summary>The bit pattern of the value of <paramref name="type"/> nearest to <paramref name="value"/> (ties to even).</summary>
    public static UInt128 FromDouble(FloatType type, double value)
    {
        if (type == FloatType.F64)
        {
            return BitConverter.DoubleToUInt64Bits(value);
        }

        if (type == FloatType.F32)
        {
            var wide = BitConverter.DoubleToUInt64Bits(value);
            return double.IsNaN(value)
                ? (uint)(wide >> 32 & 0x8000_0000) | 0x7F80_0000u | Math.Max((uint)(wide >> 29) & 0x7F_FFFF, 1u)
                : BitConverter.SingleToUInt32Bits((float)value);
        }

        if (type == FloatType.F16 && !double.IsNaN(value))
        {
            return BitConverter.HalfToUInt16Bits((Half)value);
        }

        var (explicitBits, exponentBits, bias) = Layout(type);
        var negative = HasSign(type) && double.IsNegative(value);
        var sign = negative ? UInt128.One << (type.Width - 1) : UInt128.Zero;
        var topExponent = (1 << exponentBits) - 1;
        var nan = NaNBits(type, topExponent, explicitBits);
        if (double.IsNaN(value))
        {
            return type.Name.EndsWith("FNUZ", StringComparison.Ordinal) || type.Name == "f8E8M0FNU" ? nan : nan | sign;
        }

        var infinity = HasInfinity(type) ? (UInt128)topExponent << explicitBits : nan;
        if (type.Name == "f80")
        {
            infinity |= UInt128.One << 63;
        }

        if (double.IsInfinity(value))
        {
            return infinity | (HasInfinity(type) ? sign : 0);
        }

        var magnitude = Math.Abs(value);
        if (magnitude == 0)
        {
            return type.Name.EndsWith("FNUZ", StringComparison.Ordinal) ? 0 : sign;
        }

        // magnitude = digits · 2^(scale), digits an integer of `Precision` bits after rounding to nearest even.
        var exponent = Math.Max(Math.ILogB(magnitude), 1 - bias);
        var quantum = exponent - (type.Precision - 1);
        var digits = (BigInteger)Math.Round(Math.ScaleB(magnitude, -quantum), MidpointRounding.ToEven);
        if (digits >> type.Precision > 0)
        {
            digits >>= 1;
            exponent++;
        }

        var normal = digits >> (type.Precision - 1) > 0;
        var field = normal ? exponent + bias : 0;
        if (field > topExponent || (HasInfinity(type) && field == topExponent))
        {
            return infinity | sign;
        }

        var mask = (BigInteger.One << explicitBits) - 1;
        var bits = ((UInt128)field << explicitBits) | (UInt128)(digits & mask) | sign;
        return !HasInfinity(type) && (bits & ~sign) == nan ? nan | sign : bits;
    }

    private static (int ExplicitBits, int ExponentBits, int Bias) Layout(FloatType type)
    {
        var explicitBits = type.Name == "f80" ? 64 : type.Precision - 1;
        var exponentBits = type.Width - explicitBits - (HasSign(type) ? 1 : 0);
        var bias = (1 << (exponentBits - 1)) - 1;
        return (
            explicitBits,
            exponentBits,
            type.Name switch
            {
                "f8E4M3B11FNUZ" => 11,
                "f8E5M2FNUZ" or "f8E4M3FNUZ" => bias + 1,
                _ => bias,
            }
        );
    }

    private static bool HasSign(FloatType type) => type.Name != "f8E8M0FNU";

    private static bool HasInfinity(FloatType type) => !type.Name.Contains("FN", StringComparison.Ordinal);

    private static bool IsNaN(
        FloatType type,
        int exponent,
        UInt128 fraction,
        bool negative,
        int exponentBits,
        int explicitBits
    )
    {
        var top = (1 << exponentBits) - 1;
        return type.Name switch
        {
            "f4E2M1FN" or "f6E2M3FN" or "f6E3M2FN" => false,
            "f8E8M0FNU" => exponent == top,
            "f8E4M3FN" => exponent == top && fraction == (UInt128.One << explicitBits) - 1,
            _ when type.Name.EndsWith("FNUZ", StringComparison.Ordinal) => negative && exponent == 0 && fraction == 0,
            "f80" => exponent == top && (fraction & ((UInt128.One << 63) - 1)) != 0,
            _ => exponent == top && fraction != 0,
        };
    }

    private static UInt128 NaNBits(FloatType type, int topExponent, int explicitBits) =>
        type.Name switch
        {
            "f8E8M0FNU" => (UInt128)topExponent,
            "f8E4M3FN" => ((UInt128)topExponent << explicitBits) | ((UInt128.One << explicitBits) - 1),
            "f4E2M1FN" or "f6E2M3FN" or "f6E3M2FN" => ((UInt128)topExponent << explicitBits)
                | ((UInt128.One << explicitBits) - 1),
            "f80" => ((UInt128)topExponent << explicitBits) | (UInt128.One << 63) | (UInt128.One << 62),
            _ when type.Name.EndsWith("FNUZ", StringComparison.Ordinal) => UInt128.One << (type.Width - 1),
            _ => ((UInt128)topExponent << explicitBits) | (UInt128.One << (explicitBits - 1)),
        };
}
