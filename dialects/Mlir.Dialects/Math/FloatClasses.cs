namespace Mlir.Dialects.Math;

/// <summary>Classes of floats that depend on their format.</summary>
public static class FloatClasses
{
    /// <summary>Whether the value of <paramref name="format"/> with these bits is neither zero, subnormal, infinite nor NaN.</summary>
    public static bool IsNormal(FloatType format, UInt128 bits)
    {
        var value = FloatFormat.ToDouble(format, bits);
        var fraction = format.Precision - 1;
        var exponent = bits >> fraction & ((UInt128.One << (format.Width - 1 - fraction)) - 1);
        return double.IsFinite(value) && exponent != 0;
    }
}
