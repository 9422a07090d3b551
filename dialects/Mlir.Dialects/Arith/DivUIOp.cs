namespace Mlir.Dialects.Arith;

/// <summary>Unsigned integer division that rounds towards zero; division by zero is undefined behaviour.</summary>
/// <example><code>%r = arith.divui %a, %b : i32</code></example>
[Op("arith.divui", Format = "$lhs `,` $rhs (`exact` $isExact^)? attr-dict `:` type($result)")]
public sealed partial class DivUIOp : Operation, IMemoryEffects, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Whether the operation leaves no remainder (shifts out no set bit): when it does, the result is poison.</summary>
    [Attr]
    public partial bool IsExact { get; }

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
            static (a, b, w) => b == 0 ? null : (Int128)(IntegerMath.Unsigned(a, w) / IntegerMath.Unsigned(b, w))
        );

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;
}
