namespace Mlir.Dialects.Arith;

/// <summary>The smaller of two unsigned integers.</summary>
/// <example><code>%r = arith.minui %a, %b : i32</code></example>
[Op("arith.minui", Format = "$lhs `,` $rhs attr-dict `:` type($result)")]
public sealed partial class MinUIOp : Operation, IPure, ICommutative, IElementwise, ISameType
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
        || (IntegerIdentities.RightIs(operands, IntegerMath.Zero) && results.Be(Rhs))
        || (IntegerIdentities.RightIs(operands, IntegerMath.AllOnes) && results.Be(Lhs))
        || ConstantFolder.Integers(
            operands,
            results,
            Result.Type,
            static (a, b, w) => IntegerMath.Unsigned(a, w) < IntegerMath.Unsigned(b, w) ? a : b
        );
}
