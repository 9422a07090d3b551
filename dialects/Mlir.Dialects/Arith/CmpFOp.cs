namespace Mlir.Dialects.Arith;

/// <summary>Comparison of floats; ordered predicates are false and unordered ones true when an operand is NaN.</summary>
/// <example><code>%r = arith.cmpf olt, %a, %b : f64</code></example>
[Op("arith.cmpf", Format = "$predicate `,` $lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($lhs)")]
public sealed partial class CmpFOp : Operation, IPure, IElementwise, ISameOperandTypes
{
    /// <summary>Which relation is tested.</summary>
    [Attr(Type = "i64")]
    public partial CmpFPredicate Predicate { get; }

    /// <summary>The left operand.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<FloatLike>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>Whether the relation holds, for each element.</summary>
    [Result<BoolLike>(InferredBy = nameof(InferResult))]
    public partial OpResult Result { get; }

    private static IrType InferResult(Value lhs, Value rhs) => TypeFacts.BoolsLike(lhs.Type);

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        var predicate = Predicate;
        if (predicate is CmpFPredicate.AlwaysFalse or CmpFPredicate.AlwaysTrue)
        {
            return results.BeInteger(Result.Type, predicate == CmpFPredicate.AlwaysTrue ? 1 : 0);
        }

        return ConstantFolder.Compare(operands, results, Result.Type, (a, b) => predicate.Holds(a, b));
    }
}
