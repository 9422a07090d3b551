namespace Mlir.Dialects.Arith;

/// <summary>Shift to the left, zeros coming in. A shift by the width or more is poison.</summary>
/// <example><code>%r = arith.shli %a, %b : i32</code></example>
[Op("arith.shli", Format = "$lhs `,` $rhs (`overflow` `` `<` $overflowFlags^ `>`)? attr-dict `:` type($result)")]
public sealed partial class ShLIOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is shifted.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The unsigned number of bits.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Which overflows cannot happen: when one does, the result is poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

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
            static (a, b, w) => IntegerMath.Unsigned(b, w) >= (UInt128)w ? null : a << (int)b
        );
}
