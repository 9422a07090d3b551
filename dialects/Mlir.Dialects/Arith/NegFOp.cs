namespace Mlir.Dialects.Arith;

/// <summary>Floating-point negation: flips the sign bit, also of zero and NaN.</summary>
/// <example><code>%r = arith.negf %a : f64</code></example>
[Op("arith.negf", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class NegFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The negated operand.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (Operand.Definer is NegFOp inner && results.Be(inner.Operand))
        || ConstantFolder.Bits(
            operands,
            results,
            Result.Type,
            static (bits, type) => bits ^ (UInt128.One << (type.Width - 1))
        );
}
