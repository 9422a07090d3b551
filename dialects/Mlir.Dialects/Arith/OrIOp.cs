namespace Mlir.Dialects.Arith;

/// <summary>Bitwise or.</summary>
/// <example><code>%r = arith.ori %a, %b : i32</code></example>
[Op("arith.ori", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class OrIOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The bits set in at least one.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.Be(Lhs))
        || (IntegerIdentities.RightIs(operands, 0) && results.Be(Lhs))
        || (IntegerIdentities.RightIs(operands, -1) && results.BeInteger(Result.Type, -1))
        || (IntegerIdentities.LeftIs(operands, 0) && results.Be(Rhs))
        || (IntegerIdentities.LeftIs(operands, -1) && results.BeInteger(Result.Type, -1))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => a | b);
}
