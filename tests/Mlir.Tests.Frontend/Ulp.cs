namespace Mlir.Tests.Frontend;

/// <summary>Distances between floats in units in the last place.</summary>
internal static class Ulp
{
    /// <summary>How many representable values lie between the two; 0 for equal bits, any two NaNs, or +0 and −0 when zeros may differ.</summary>
    public static ulong Distance(object expected, object actual) =>
        (expected, actual) switch
        {
            (double a, double b) => double.IsNaN(a) && double.IsNaN(b)
                ? 0
                : Gap(Order(BitConverter.DoubleToInt64Bits(a), 63), Order(BitConverter.DoubleToInt64Bits(b), 63)),
            (float a, float b) => float.IsNaN(a) && float.IsNaN(b)
                ? 0
                : Gap(Order(BitConverter.SingleToInt32Bits(a), 31), Order(BitConverter.SingleToInt32Bits(b), 31)),
            (Half a, Half b) => Half.IsNaN(a) && Half.IsNaN(b)
                ? 0
                : Gap(Order(BitConverter.HalfToInt16Bits(a), 15), Order(BitConverter.HalfToInt16Bits(b), 15)),
            _ => expected.Equals(actual) ? 0 : ulong.MaxValue,
        };

    /// <summary>Bits to a number line on which −0 and +0 are neighbours one step apart.</summary>
    private static Int128 Order(long bits, int signBit)
    {
        var sign = (bits >> signBit & 1) != 0;
        var magnitude = bits & ((1L << signBit) - 1);
        return sign ? -(Int128)magnitude - 1 : magnitude;
    }

    private static ulong Gap(Int128 a, Int128 b) => (ulong)(a > b ? a - b : b - a);
}
