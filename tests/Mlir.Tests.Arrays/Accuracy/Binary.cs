namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>Finite floating-point numbers as integers times powers of two.</summary>
internal static class Binary
{
    /// <summary>The integer and the exponent that make <paramref name="value"/>, exactly.</summary>
    public static (long Mantissa, int Exponent) Split(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        return (value < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }
}
