namespace Mlir.Ptx.Operations;

/// <summary>Arithmetic on the bits of halves. Sums and products of two halves are exact enough in single precision.</summary>
internal static class Halves
{
    public const ushort CanonicalBits = 0x7FFF;

    public static float Value(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    public static ushort Bits(float value) =>
        float.IsNaN(value) ? CanonicalBits : BitConverter.HalfToUInt16Bits((Half)value);

    public static ushort Add(ushort x, ushort y) => Bits(Value(x) + Value(y));

    public static ushort Subtract(ushort x, ushort y) => Bits(Value(x) - Value(y));

    public static ushort Multiply(ushort x, ushort y) => Bits(Value(x) * Value(y));

    public static ushort MultiplyAdd(ushort x, ushort y, ushort z)
    {
        var sum = OddRounding.MultiplyAdd(Value(x), Value(y), Value(z));
        return double.IsNaN(sum) ? CanonicalBits : BitConverter.HalfToUInt16Bits((Half)sum);
    }
}

/// <summary>Arithmetic on the bits of bfloat16.</summary>
internal static class Brains
{
    public const ushort CanonicalBits = 0x7FFF;

    public static float Value(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The nearest bfloat16, of two the even one.</summary>
    public static ushort Bits(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? CanonicalBits : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }

    public static ushort Add(ushort x, ushort y) => Round(OddRounding.Add(Value(x), Value(y)));

    public static ushort Subtract(ushort x, ushort y) => Round(OddRounding.Add(Value(x), -Value(y)));

    public static ushort Multiply(ushort x, ushort y) => Round((double)Value(x) * Value(y));

    public static ushort MultiplyAdd(ushort x, ushort y, ushort z) =>
        Round(OddRounding.MultiplyAdd(Value(x), Value(y), Value(z)));

    /// <summary>The nearest bfloat16 of a number in double precision.</summary>
    public static ushort Round(double value) => Bits(OddRounding.ToSingle(value));
}

/// <summary>
/// Sums in double precision whose last bit tells of what was cut off: rounding them once more gives what rounding the exact
/// sum would have given.
/// </summary>
internal static class OddRounding
{
    public static double MultiplyAdd(double x, double y, double z) => Add(x * y, z);

    /// <summary>Cuts off what does not fit; the last bit tells of it.</summary>
    public static float ToSingle(double x)
    {
        var nearest = (float)x;
        if (nearest == x || double.IsNaN(x))
        {
            return nearest;
        }

        var bits = BitConverter.SingleToInt32Bits(nearest);
        return BitConverter.Int32BitsToSingle((Math.Abs(nearest) > Math.Abs(x) ? bits - 1 : bits) | 1);
    }

    public static double Add(double x, double y)
    {
        var sum = x + y;
        if (!double.IsFinite(sum))
        {
            return sum;
        }

        // Knuth's exact error of the sum.
        var part = sum - x;
        var error = (x - (sum - part)) + (y - part);
        var bits = BitConverter.DoubleToInt64Bits(sum);
        if (error == 0 || (bits & 1) != 0)
        {
            return sum;
        }

        var isAway = (error > 0) == (sum > 0);
        return BitConverter.Int64BitsToDouble(isAway ? bits + 1 : bits - 1);
    }
}

/// <summary>Two values of sixteen bits in one register.</summary>
internal static class Packed
{
    public static uint Apply(uint x, Func<ushort, ushort> function) =>
        function((ushort)x) | ((uint)function((ushort)(x >> 16)) << 16);

    public static uint Apply(uint x, uint y, Func<ushort, ushort, ushort> function) =>
        function((ushort)x, (ushort)y) | ((uint)function((ushort)(x >> 16), (ushort)(y >> 16)) << 16);

    public static uint Apply(uint x, uint y, uint z, Func<ushort, ushort, ushort, ushort> function) =>
        function((ushort)x, (ushort)y, (ushort)z)
        | ((uint)function((ushort)(x >> 16), (ushort)(y >> 16), (ushort)(z >> 16)) << 16);
}
