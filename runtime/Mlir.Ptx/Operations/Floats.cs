namespace Mlir.Ptx.Operations;

/// <summary>Arithmetic in single and double precision with PTX's rules for NaN, subnormals and rounding.</summary>
internal static class Floats
{
    /// <summary>The only NaN that arithmetic in single precision gives.</summary>
    public const uint CanonicalBits = 0x7FFFFFFF;

    public const float SmallestNormal = 1.17549435e-38f;

    public static float Canonical(float x) => float.IsNaN(x) ? BitConverter.UInt32BitsToSingle(CanonicalBits) : x;

    /// <summary>A subnormal as zero of its sign.</summary>
    public static float Flush(float x) => Math.Abs(x) < SmallestNormal ? MathF.CopySign(0, x) : x;

    /// <summary>Between 0 and 1; NaN as 0.</summary>
    public static double Saturate(double x) => x > 0 ? Math.Min(x, 1) : 0;

    public static float Saturate(float x) => x > 0 ? MathF.Min(x, 1) : 0;

    // ---------------------------------------------------------------- rounding as asked for

    public static double Add(double x, double y, FloatFormat format, Rounding rounding)
    {
        var sum = x + y;
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return sum;
        }

        var exact = Exact.Of(x) + Exact.Of(y);
        if (!exact.Mantissa.IsZero)
        {
            return Value(exact.Round(format, rounding), format);
        }

        // An exact zero is negative where both are, or where rounding goes down.
        return x == 0 && y == 0 && double.IsNegative(x) == double.IsNegative(y) ? x
            : rounding == Rounding.Down ? -0.0
            : 0.0;
    }

    public static double Multiply(double x, double y, FloatFormat format, Rounding rounding)
    {
        var product = x * y;
        return !double.IsFinite(x) || !double.IsFinite(y) || x == 0 || y == 0
            ? product
            : Value((Exact.Of(x) * Exact.Of(y)).Round(format, rounding), format);
    }

    public static double MultiplyAdd(double x, double y, double z, FloatFormat format, Rounding rounding)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y) || !double.IsFinite(z))
        {
            return Math.FusedMultiplyAdd(
                double.IsFinite(x) ? Math.Sign(x) : x,
                double.IsFinite(y) ? Math.Sign(y) : y,
                z
            );
        }

        if (x == 0 || y == 0)
        {
            return Add(x * y, z, format, rounding);
        }

        var exact = (Exact.Of(x) * Exact.Of(y)) + Exact.Of(z);
        return !exact.Mantissa.IsZero ? Value(exact.Round(format, rounding), format)
            : rounding == Rounding.Down ? -0.0
            : 0.0;
    }

    public static double Divide(double x, double y, FloatFormat format, Rounding rounding) =>
        !double.IsFinite(x) || !double.IsFinite(y) || x == 0 || y == 0
            ? x / y
            : Value((Exact.Of(x) / Exact.Of(y)).Round(format, rounding), format);

    public static double SquareRoot(double x, FloatFormat format, Rounding rounding) =>
        !double.IsFinite(x) || x <= 0 ? Math.Sqrt(x) : Value(Exact.Sqrt(Exact.Of(x)).Round(format, rounding), format);

    /// <summary>A number in another format, of which it gives the bits.</summary>
    public static ulong Convert(double x, FloatFormat format, Rounding rounding)
    {
        var sign = double.IsNegative(x) ? 1UL << (format.Bits - 1) : 0;
        return double.IsNaN(x)
            ? format == FloatFormat.Double
                ? BitConverter.DoubleToUInt64Bits(x)
                : (1UL << (format.Bits - 1)) - 1
            : double.IsInfinity(x)
                ? sign | format.Infinity
                : x == 0
                    ? sign
                    : Exact.Of(x).Round(format, rounding);
    }

    /// <summary>The value of a format's bits.</summary>
    public static double Value(ulong bits, FloatFormat format) =>
        format.Bits switch
        {
            64 => BitConverter.UInt64BitsToDouble(bits),
            32 => BitConverter.UInt32BitsToSingle((uint)bits),
            19 => BitConverter.UInt32BitsToSingle((uint)bits << 13),
            _ => format.Precision == 11
                ? (double)BitConverter.UInt16BitsToHalf((ushort)bits)
                : BitConverter.UInt32BitsToSingle((uint)bits << 16),
        };
}
