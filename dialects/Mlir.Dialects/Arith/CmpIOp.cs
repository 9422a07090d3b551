namespace Mlir.Dialects.Arith;

/// <summary>Comparison of integers.</summary>
/// <example><code>%r = arith.cmpi slt, %a, %b : i32</code></example>
[Op("arith.cmpi", Format = "$predicate `,` $lhs `,` $rhs attr-dict `:` type($lhs)")]
public sealed partial class CmpIOp : Operation, IPure, IElementwise, ISameOperandTypes
{
    /// <summary>Which relation is tested.</summary>
    [Attr(Type = "i64")]
    public partial CmpIPredicate Predicate { get; }

    /// <summary>The left operand.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<IntegerLike>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>Whether the relation holds, for each element.</summary>
    [Result<BoolLike>(InferredBy = nameof(InferResult))]
    public partial OpResult Result { get; }

    private static IrType InferResult(Value lhs, Value rhs) => TypeFacts.BoolsLike(lhs.Type);

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        var predicate = Predicate;
        return (ReferenceEquals(Lhs, Rhs) && results.BeInteger(Result.Type, predicate.HoldsForEqual() ? 1 : 0))
            || ConstantFolder.Integers(
                operands,
                results,
                Result.Type,
                (a, b, width) => predicate.Holds(a, b, width) ? 1 : 0
            );
    }
}
