namespace Mlir.Dialects.Arith;

/// <summary>Unsigned integer division that rounds up; division by zero is undefined behaviour.</summary>
/// <example><code>%r = arith.ceildivui %a, %b : i32</code></example>
[Op("arith.ceildivui", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class CeilDivUIOp : Operation, IMemoryEffects, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The quotient.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 1) && results.Be(Lhs))
        || ConstantFolder.Integers(
            operands,
            results,
            Result.Type,
            static (a, b, w) =>
                b == 0
                    ? null
                    : (Int128)IntegerMath.CeilDivUnsigned(IntegerMath.Unsigned(a, w), IntegerMath.Unsigned(b, w))
        );

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;
}
