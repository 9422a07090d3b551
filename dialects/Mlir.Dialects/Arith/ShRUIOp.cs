namespace Mlir.Dialects.Arith;

/// <summary>Shift to the right, zeros coming in. A shift by the width or more is poison.</summary>
/// <example><code>%r = arith.shrui %a, %b : i32</code></example>
[Op("arith.shrui", Format = "$lhs `,` $rhs (`exact` $isExact^)? attr-dict `:` type($result)")]
public sealed partial class ShRUIOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is shifted.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The unsigned number of bits.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Whether the operation leaves no remainder (shifts out no set bit): when it does, the result is poison.</summary>
    [Attr]
    public partial bool IsExact { get; }

    /// <summary>The shifted bits.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 0) && results.Be(Lhs))
        || (IntegerIdentities.LeftIs(operands, 0) && results.BeInteger(Result.Type, 0))
        || ConstantFolder.Integers(
            operands,
            results,
            Result.Type,
            static (a, b, w) =>
                IntegerMath.Unsigned(b, w) >= (UInt128)w ? null : (Int128)(IntegerMath.Unsigned(a, w) >> (int)b)
        );
}
