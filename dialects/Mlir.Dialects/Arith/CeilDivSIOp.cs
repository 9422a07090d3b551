namespace Mlir.Dialects.Arith;

/// <summary>Signed integer division that rounds towards positive infinity; division by zero and the overflow of MIN / -1 are undefined behaviour.</summary>
/// <example><code>%r = arith.ceildivsi %a, %b : i32</code></example>
[Op("arith.ceildivsi", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class CeilDivSIOp : Operation, IMemoryEffects, IElementwise, ISameType
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
                b == 0 || IntegerMath.DivisionOverflows(a, b, w) ? null : IntegerMath.CeilDivSigned(a, b)
        );

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.None;
}
