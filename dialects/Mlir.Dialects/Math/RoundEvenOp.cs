using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The nearest integral value, ties to the even one.</summary>
/// <example><code>%r = math.roundeven %x : f64</code></example>
[Op("math.roundeven", Format = "$operand (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)")]
public sealed partial class RoundEvenOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Operand { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The result.</summary>
    [Result(SameTypeAs = nameof(Operand))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (Operand.Definer is RoundEvenOp && results.Be(Operand))
        || ConstantFolder.Floats(
            operands,
            results,
            Result.Type,
            static (x, _) => System.Math.Round(x, MidpointRounding.ToEven)
        );
}
