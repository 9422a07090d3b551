namespace Mlir.Dialects.Arith;

/// <summary>The smaller of two floats; if one is NaN, the other one.</summary>
/// <example><code>%r = arith.minnumf %a, %b : f64</code></example>
[Op("arith.minnumf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class MinNumFOp : Operation, IPure, ICommutative, IElementwise, ISameType
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

    /// <summary>The smaller one.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (ReferenceEquals(Lhs, Rhs) && results.Be(Lhs))
        || (FloatIdentities.RightIs(operands, double.NaN) && results.Be(Lhs))
        || ConstantFolder.Floats(operands, results, Result.Type, static (a, b) => double.MinNumber(a, b));
}
