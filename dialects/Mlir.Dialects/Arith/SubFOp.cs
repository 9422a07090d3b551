namespace Mlir.Dialects.Arith;

/// <summary>Floating-point subtraction, rounded to nearest even.</summary>
/// <example><code>%r = arith.subf %a, %b : f64</code></example>
[Op("arith.subf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class SubFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>What is subtracted from.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>What is subtracted.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The difference.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (FloatIdentities.RightIs(operands, 0.0) && results.Be(Lhs))
        || ConstantFolder.Floats(operands, results, Result.Type, static (a, b) => a - b);
}
