namespace Mlir.Dialects.Arith;

/// <summary>Integer subtraction that wraps on overflow.</summary>
/// <example><code>%r = arith.subi %a, %b : i32</code></example>
[Op("arith.subi", Format = "$lhs `,` $rhs (`overflow` `` `<` $overflowFlags^ `>`)? attr-dict `:` type($result)")]
public sealed partial class SubIOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is subtracted from.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>What is subtracted.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Which overflows cannot happen: when one does, the result is poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The difference.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 0) && results.Be(Lhs))
        || (ReferenceEquals(Lhs, Rhs) && results.BeInteger(Result.Type, 0))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => a - b);
}
