namespace Mlir.Dialects.Arith;

/// <summary>Bitwise exclusive or.</summary>
/// <example><code>%r = arith.xori %a, %b : i32</code></example>
[Op("arith.xori", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class XOrIOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The bits set in exactly one.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.BeInteger(Result.Type, 0))
        || (IntegerIdentities.RightIs(operands, 0) && results.Be(Lhs))
        || (IntegerIdentities.LeftIs(operands, 0) && results.Be(Rhs))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => a ^ b);
}
