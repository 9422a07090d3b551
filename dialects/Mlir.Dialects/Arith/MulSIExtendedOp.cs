namespace Mlir.Dialects.Arith;

/// <summary>Signed integer multiplication with a result of twice the width, in two halves.</summary>
/// <example><code>%low, %high = arith.mulsi_extended %a, %b : i32</code></example>
[Op("arith.mulsi_extended", Format = "$lhs `,` $rhs attr-dict `:` type($lhs)")]
public sealed partial class MulSIExtendedOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right factor.</summary>
    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    /// <summary>The low half of the product.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Low { get; }

    /// <summary>The high half of the product.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult High { get; }

    /// <inheritdoc/>
    public override string ResultNameHint(int index) => index == 0 ? "low" : "high";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Integers(operands, results[..1], Low.Type, static (a, b, _) => unchecked(a * b))
        && ConstantFolder.Integers(
            operands,
            results[1..],
            High.Type,
            static (a, b, w) => IntegerMath.MultiplyHighSigned(a, b, w)
        );
}
