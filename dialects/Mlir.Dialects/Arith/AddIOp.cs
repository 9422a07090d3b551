namespace Mlir.Dialects.Arith;

/// <summary>Integer addition that wraps on overflow.</summary>
/// <example><code>%r = arith.addi %a, %b : i32</code></example>
[Op("arith.addi", Format = "$lhs `,` $rhs (`overflow` `` `<` $overflowFlags^ `>`)? attr-dict `:` type($result)")]
public sealed partial class AddIOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left addend.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right addend.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>Which overflows cannot happen: when one does, the result is poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The sum.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (IntegerIdentities.RightIs(operands, 0) && results.Be(Lhs))
        || (IntegerIdentities.LeftIs(operands, 0) && results.Be(Rhs))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => a + b);
}
