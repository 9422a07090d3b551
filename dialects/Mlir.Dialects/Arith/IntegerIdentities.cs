namespace Mlir.Dialects.Arith;

/// <summary>Whether an operand is a particular integer constant, in every element.</summary>
internal static class IntegerIdentities
{
    /// <summary>Whether the second operand is <paramref name="value"/> wrapped to its width.</summary>
    public static bool RightIs(ReadOnlySpan<IrAttribute?> operands, Int128 value) => Is(operands[1], _ => value);

    /// <summary>Whether the first operand is <paramref name="value"/> wrapped to its width.</summary>
    public static bool LeftIs(ReadOnlySpan<IrAttribute?> operands, Int128 value) => Is(operands[0], _ => value);

    /// <summary>Whether the second operand is the number that <paramref name="ofWidth"/> gives for its width.</summary>
    public static bool RightIs(ReadOnlySpan<IrAttribute?> operands, Func<int, Int128> ofWidth) =>
        Is(operands[1], ofWidth);

    private static bool Is(IrAttribute? operand, Func<int, Int128> ofWidth)
    {
        var scalar = operand as IntegerAttr ?? (operand as DenseElementsAttr)?.SplatValue as IntegerAttr;
        if (scalar is null)
        {
            return false;
        }

        var width = TypeFacts.BitWidth(scalar.Type);
        return IntegerMath.Unsigned(scalar.Value, width) == IntegerMath.Unsigned(ofWidth(width), width);
    }
}
