namespace Mlir.Dialects.Arith;

/// <summary>Integer multiplication that wraps on overflow.</summary>
/// <example><code>%r = arith.muli %a, %b : i32</code></example>
[Op("arith.muli", Format = "$lhs `,` $rhs (`overflow` `` `<` $overflowFlags^ `>`)? attr-dict `:` type($result)")]
public sealed partial class MulIOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right factor.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Which overflows cannot happen: when one does, the result is poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The product.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 1) && results.Be(Lhs))
        || (IntegerIdentities.LeftIs(operands, 1) && results.Be(Rhs))
        || (
            (IntegerIdentities.RightIs(operands, 0) || IntegerIdentities.LeftIs(operands, 0))
            && results.BeInteger(Result.Type, 0)
        )
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => unchecked(a * b));
}
