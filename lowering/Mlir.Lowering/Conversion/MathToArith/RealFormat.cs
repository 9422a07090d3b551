using Mlir.IR;

namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>The IEEE 754 binary format an expansion computes in: where its bits are, and the constants that follow from that.</summary>
/// <param name="Width">Bits in all: 32 or 64.</param>
/// <param name="FractionBits">Stored significand bits: 23 or 52.</param>
internal sealed record RealFormat(int Width, int FractionBits)
{
    /// <summary>IEEE 754 binary32.</summary>
    public static readonly RealFormat Single = new(32, 23);

    /// <summary>IEEE 754 binary64.</summary>
    public static readonly RealFormat Double = new(64, 52);

    /// <summary>The type of scalars.</summary>
    public FloatType Type => Width == 64 ? FloatType.F64 : FloatType.F32;

    /// <summary>The exponent bias: the biased exponent of 1.</summary>
    public int Bias => Width == 64 ? 1023 : 127;

    /// <summary>The bits of 1.0.</summary>
    public long OneBits => (long)Bias << FractionBits;

    /// <summary>The bits of +∞.</summary>
    public long InfinityBits => (2L * Bias + 1) << FractionBits;

    /// <summary>The bits of the sign.</summary>
    public long SignMask => 1L << (Width - 1);

    /// <summary>The bits of the fraction.</summary>
    public long FractionMask => (1L << FractionBits) - 1;

    /// <summary>The bits of √½ rounded down to a number whose low half is zero: where significands are folded to [√½, √2).</summary>
    public long SqrtHalfBits => Width == 64 ? 0x3FE6A09E_00000000 : 0x3F350000;

    /// <summary>The smallest normal number.</summary>
    public double MinNormal => Math.ScaleB(1, 1 - Bias);

    /// <summary>1.5 · 2^FractionBits: adding it to a number below 2^(FractionBits − 1) rounds that number to an integer and leaves the integer in the low bits.</summary>
    public double RoundingShift => Math.ScaleB(1.5, FractionBits);

    /// <summary>Half a unit in the last place of numbers just above 1: below it, x is invisible beside 1.</summary>
    public double Negligible => Math.ScaleB(1, -FractionBits - 2);

    /// <summary>Chooses the value that belongs to this format.</summary>
    public double Of(double f64, double f32) => Width == 64 ? f64 : f32;
}
