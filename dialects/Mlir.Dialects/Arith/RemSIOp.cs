namespace Mlir.Dialects.Arith;

/// <summary>The remainder of signed integer division, with the sign of the dividend; division by zero is undefined behaviour.</summary>
/// <example><code>%r = arith.remsi %a, %b : i32</code></example>
[Op("arith.remsi", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class RemSIOp : Operation, IMemoryEffects, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The remainder.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 1) && results.BeInteger(Result.Type, 0))
        || ConstantFolder.Integers(
            operands,
            results,
            Result.Type,
            static (a, b, _) =>
                b == 0 ? null
                : b == -1 ? 0
                : a % b
        );

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;
}
