namespace Mlir.Dialects.Math;

/// <summary><c>a * b + c</c> rounded once, for every format up to 64 bits.</summary>
public static class FusedMultiplyAdd
{
    /// <summary>A double that rounds to the value of <paramref name="format"/> nearest to <c>a * b + c</c>; the operands are values of that format.</summary>
    public static double Compute(FloatType format, double a, double b, double c)
    {
        if (format == FloatType.F64)
        {
            return System.Math.FusedMultiplyAdd(a, b, c);
        }

        if (format == FloatType.F32)
        {
            return MathF.FusedMultiplyAdd((float)a, (float)b, (float)c);
        }

        // The product of two values of at most 24 bits is exact. The sum is rounded to odd: the last bit remembers that
        // something was cut off, so that the rounding to the narrow format sees on which side of a tie the sum lies.
        var product = a * b;
        var sum = product + c;
        if (!double.IsFinite(sum))
        {
            return sum;
        }

        var back = sum - product;
        var error = product - (sum - back) + (c - back);
        var bits = BitConverter.DoubleToInt64Bits(sum);
        if (error == 0 || (bits & 1) != 0)
        {
            return sum;
        }

        return error > 0 == sum > 0
            ? BitConverter.Int64BitsToDouble(bits + 1)
            : BitConverter.Int64BitsToDouble(bits - 1);
    }
}
