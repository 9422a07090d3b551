using System.Runtime.CompilerServices;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>A float format: how register contents become a double and how a double is rounded to the format.</summary>
/// <remarks>
/// Sums, products, quotients and roots of formats with at most 24 bits of precision are correctly rounded when the double result
/// is rounded once more, because a double has more than twice as many bits.
/// </remarks>
internal interface IFloatFormat
{
    /// <summary>The value.</summary>
    static abstract double Decode(long bits);

    /// <summary>The nearest value of the format, ties to even.</summary>
    static abstract long Encode(double value);

    /// <summary><c>a * b + c</c> rounded once to the format.</summary>
    static abstract long Fma(long a, long b, long c);

    /// <summary>The sign bit.</summary>
    static abstract long SignBit { get; }
}

/// <summary>IEEE binary64.</summary>
internal readonly struct F64 : IFloatFormat
{
    public static long SignBit => long.MinValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Decode(long bits) => BitConverter.Int64BitsToDouble(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Encode(double value) => BitConverter.DoubleToInt64Bits(value);

    public static long Fma(long a, long b, long c) => Encode(Math.FusedMultiplyAdd(Decode(a), Decode(b), Decode(c)));
}

/// <summary>IEEE binary32.</summary>
internal readonly struct F32 : IFloatFormat
{
    public static long SignBit => 1L << 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Decode(long bits) => BitConverter.Int32BitsToSingle(unchecked((int)bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Encode(double value) => BitConverter.SingleToUInt32Bits((float)value);

    public static long Fma(long a, long b, long c) =>
        BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd((float)Decode(a), (float)Decode(b), (float)Decode(c)));
}

/// <summary>IEEE binary16.</summary>
internal readonly struct F16 : IFloatFormat
{
    public static long SignBit => 1L << 15;

    public static double Decode(long bits) => (double)BitConverter.UInt16BitsToHalf((ushort)bits);

    public static long Encode(double value) => BitConverter.HalfToUInt16Bits((Half)value);

    public static long Fma(long a, long b, long c) =>
        Encode(FusedMultiplyAdd.Compute(FloatType.F16, Decode(a), Decode(b), Decode(c)));
}

/// <summary>The upper half of binary32.</summary>
internal readonly struct BF16 : IFloatFormat
{
    public static long SignBit => 1L << 15;

    public static double Decode(long bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    public static long Encode(double value)
    {
        var single = (float)value;
        var bits = BitConverter.SingleToUInt32Bits(single);
        if (float.IsNaN(single))
        {
            return bits >> 16 | 0x40;
        }

        // To odd first: the last bit of the float remembers that something was cut off, so that ties are seen rightly below.
        if (single != value && (bits & 1) == 0)
        {
            bits = Math.Abs((double)single) > Math.Abs(value) ? bits - 1 : bits + 1;
        }

        return bits + 0x7FFF + (bits >> 16 & 1) >> 16;
    }

    public static long Fma(long a, long b, long c) =>
        Encode(FusedMultiplyAdd.Compute(FloatType.BF16, Decode(a), Decode(b), Decode(c)));
}
