namespace Mlir.Dialects.Arith;

/// <summary>Floating-point division, rounded to nearest even.</summary>
/// <example><code>%r = arith.divf %a, %b : f64</code></example>
[Op("arith.divf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class DivFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The dividend.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The divisor.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The quotient.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (FloatIdentities.RightIs(operands, 1.0) && results.Be(Lhs))
        || ConstantFolder.Floats(operands, results, Result.Type, static (a, b) => a / b);
}
