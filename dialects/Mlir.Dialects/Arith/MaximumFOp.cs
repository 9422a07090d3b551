namespace Mlir.Dialects.Arith;

/// <summary>The larger of two floats; NaN if either is NaN, and +0 is larger than -0.</summary>
/// <example><code>%r = arith.maximumf %a, %b : f64</code></example>
[Op("arith.maximumf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class MaximumFOp : Operation, IPure, ICommutative, IElementwise, ISameType
{
    /// <summary>The left operand.</summary>
    [Operand<FloatLike>]
    public partial Value Lhs { get; }

    /// <summary>The right operand.</summary>
    [Operand<FloatLike>]
    public partial Value Rhs { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The larger one.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.Be(Lhs))
        || (FloatIdentities.RightIs(operands, double.NegativeInfinity) && results.Be(Lhs))
        || ConstantFolder.Floats(operands, results, Result.Type, static (a, b) => System.Math.Max(a, b));
}
