namespace Mlir.Dialects.Arith;

/// <summary>The exact remainder of division truncated towards zero (C's <c>fmod</c>, C#'s <c>%</c>).</summary>
/// <example><code>%r = arith.remf %a, %b : f64</code></example>
[Op("arith.remf", Format = "$lhs `,` $rhs (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class RemFOp : Operation, IPure, IElementwise, ISameType
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

    /// <summary>The remainder, with the sign of the dividend.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Floats(operands, results, Result.Type, static (a, b) => a % b);
}
