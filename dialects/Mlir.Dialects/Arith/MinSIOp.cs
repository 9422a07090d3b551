namespace Mlir.Dialects.Arith;

/// <summary>The smaller of two signed integers.</summary>
/// <example><code>%r = arith.minsi %a, %b : i32</code></example>
[Op("arith.minsi", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class MinSIOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The chosen operand.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.Be(Lhs))
        || (IntegerIdentities.RightIs(operands, IntegerMath.MinSigned) && results.Be(Rhs))
        || (IntegerIdentities.RightIs(operands, IntegerMath.MaxSigned) && results.Be(Lhs))
        || ConstantFolder.Integers(operands, results, Result.Type, static (a, b, _) => Int128.Min(a, b));
}
