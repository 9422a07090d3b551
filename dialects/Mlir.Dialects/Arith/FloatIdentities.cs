namespace Mlir.Dialects.Arith;

/// <summary>Whether an operand is a particular float constant, in every element.</summary>
internal static class FloatIdentities
{
    /// <summary>Whether the second operand is <paramref name="value"/>; signs of zeros count, NaN equals NaN.</summary>
    public static bool RightIs(ReadOnlySpan<IrAttribute?> operands, double value)
    {
        var scalar = operands[1] as FloatAttr ?? (operands[1] as DenseElementsAttr)?.SplatValue as FloatAttr;
        return scalar is { FloatType.Width: <= 64 }
            && scalar.Value is var actual
            && (
                double.IsNaN(value)
                    ? double.IsNaN(actual)
                    : BitConverter.DoubleToInt64Bits(actual) == BitConverter.DoubleToInt64Bits(value)
            );
    }
}
