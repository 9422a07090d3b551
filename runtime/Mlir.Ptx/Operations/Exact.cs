using System.Numerics;

namespace Mlir.Ptx.Operations;

/// <summary>How a result that does not fit is rounded.</summary>
internal enum Rounding
{
    /// <summary>To the nearest; of two equally near ones to the even one.</summary>
    NearestEven,

    /// <summary>To the nearest; of two equally near ones to the one farther from zero.</summary>
    NearestAway,
    Zero,
    Down,
    Up,
}

/// <summary>A binary floating-point format: its precision with the leading bit, and its least normal exponent.</summary>
internal sealed record FloatFormat(int Precision, int MinExponent, int Bits)
{
    public static readonly FloatFormat Half = new(11, -14, 16);
    public static readonly FloatFormat Brain = new(8, -126, 16);
    public static readonly FloatFormat Single = new(24, -126, 32);
    public static readonly FloatFormat Double = new(53, -1022, 64);

    /// <summary>TensorFloat: the range of a single with the precision of a half, before it is put into 32 bits.</summary>
    public static readonly FloatFormat Tensor = new(11, -126, 19);

    public ulong Infinity => ((1UL << (Bits - Precision)) - 1) << (Precision - 1);
}

/// <summary>A number without rounding: an integer times a power of two.</summary>
internal readonly record struct Exact(BigInteger Mantissa, int Exponent)
{
    /// <summary>The value of a finite number.</summary>
    public static Exact Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var field = (int)(bits >> 52 & 0x7FF);
        var mantissa = (long)(bits & ((1UL << 52) - 1)) | (field == 0 ? 0 : 1L << 52);
        return new(value < 0 ? -mantissa : mantissa, Math.Max(field, 1) - 1075);
    }

    public static Exact operator +(Exact x, Exact y)
    {
        var exponent = Math.Min(x.Exponent, y.Exponent);
        return new((x.Mantissa << (x.Exponent - exponent)) + (y.Mantissa << (y.Exponent - exponent)), exponent);
    }

    public static Exact operator *(Exact x, Exact y) => new(x.Mantissa * y.Mantissa, x.Exponent + y.Exponent);

    /// <summary>The quotient; what is cut off leaves its trace in the last bit.</summary>
    public static Exact operator /(Exact x, Exact y)
    {
        const int More = 128;
        var quotient = BigInteger.DivRem(x.Mantissa << More, y.Mantissa, out var rest);
        return new Exact(quotient, x.Exponent - y.Exponent - More).WithTrace(
            !rest.IsZero,
            (x.Mantissa.Sign * y.Mantissa.Sign) < 0
        );
    }

    /// <summary>The square root of a positive number; what is cut off leaves its trace in the last bit.</summary>
    public static Exact Sqrt(Exact x)
    {
        var shift = 256 + (x.Exponent & 1);
        var radicand = x.Mantissa << shift;
        var root = BigInteger.One << (int)((radicand.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (radicand / root)) >> 1;
            if (next >= root)
            {
                break;
            }

            root = next;
        }

        return new Exact(root, (x.Exponent - shift) / 2).WithTrace(root * root != radicand, isNegative: false);
    }

    private Exact WithTrace(bool isInexact, bool isNegative) =>
        new((Mantissa << 1) + (isInexact ? (isNegative ? -1 : 1) : 0), Exponent - 1);

    /// <summary>The bits of the number in a format. Zero becomes positive zero.</summary>
    public ulong Round(FloatFormat format, Rounding rounding)
    {
        if (Mantissa.IsZero)
        {
            return 0;
        }

        var isNegative = Mantissa.Sign < 0;
        var magnitude = BigInteger.Abs(Mantissa);
        var least = format.MinExponent - (format.Precision - 1);
        var last = Math.Max((int)magnitude.GetBitLength() - format.Precision + Exponent, least);
        var shift = last - Exponent;
        var kept = shift > 0 ? magnitude >> shift : magnitude << -shift;
        if (shift > 0)
        {
            var rest = magnitude - (kept << shift);
            var half = BigInteger.One << (shift - 1);
            var isUp = rounding switch
            {
                Rounding.NearestEven => rest > half || (rest == half && !kept.IsEven),
                Rounding.NearestAway => rest >= half,
                Rounding.Up => !isNegative && !rest.IsZero,
                Rounding.Down => isNegative && !rest.IsZero,
                _ => false,
            };
            kept += isUp ? 1 : 0;
        }

        var bits = ((BigInteger)(last - least) << (format.Precision - 1)) + kept;
        var sign = isNegative ? 1UL << (format.Bits - 1) : 0;
        if (bits < format.Infinity)
        {
            return sign | (ulong)bits;
        }

        var isInfinite = rounding switch
        {
            Rounding.Zero => false,
            Rounding.Up => !isNegative,
            Rounding.Down => isNegative,
            _ => true,
        };
        return sign | (isInfinite ? format.Infinity : format.Infinity - 1);
    }
}
