namespace Mlir.Dialects.Arith;

/// <summary>Unsigned integer addition that also tells whether it overflowed.</summary>
/// <example><code>%sum, %overflow = arith.addui_extended %a, %b : i64, i1</code></example>
[Op("arith.addui_extended", Format = "$lhs `,` $rhs attr-dict `:` type($sum) `,` type($overflow)")]
public sealed partial class AddUIExtendedOp : Operation, IPure, ICommutative, IElementwise
{
    /// <summary>The left addend.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right addend.</summary>
    [Operand<IntegerLike>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The sum, wrapped.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Sum { get; }

    /// <summary>Whether the exact sum does not fit, for each element.</summary>
    [Result<BoolLike>(InferredBy = nameof(InferOverflow))]
    public partial OpResult Overflow { get; }

    private static IrType InferOverflow(Value lhs, Value rhs) => TypeFacts.BoolsLike(lhs.Type);

    /// <inheritdoc/>
    public override string ResultNameHint(int index) => index == 0 ? "sum" : "overflow";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // x + 0 → x, false
        if (IntegerIdentities.RightIs(operands, 0) && ConstantFolder.Splat(Overflow.Type, Int128.Zero) is { } no)
        {
            results[0] = Lhs;
            results[1] = no;
            return true;
        }

        var type = Sum.Type;
        return ConstantFolder.Integers(operands, results[..1], type, static (a, b, _) => a + b)
            && ConstantFolder.Integers(
                operands,
                results[1..],
                Overflow.Type,
                static (a, b, w) => IntegerMath.AddOverflowsUnsigned(a, b, w) ? 1 : 0
            );
    }
}
