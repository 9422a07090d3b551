using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>The operand limited to a range: <c>min(max(value, min), max)</c>; NaN as in <c>arith.maximumf</c> and <c>arith.minimumf</c>.</summary>
/// <example><code>%r = math.clampf %x to [%low, %high] : f64</code></example>
[Op(
    "math.clampf",
    Format = "$value `to` `[` $min `,` $max `]` (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($result)"
)]
public sealed partial class ClampFOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<FloatLike>]
    public partial Value Value { get; }

    /// <summary>The lower limit.</summary>
    [Operand<FloatLike>]
    public partial Value Min { get; }

    /// <summary>The upper limit.</summary>
    [Operand<FloatLike>]
    public partial Value Max { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The limited operand.</summary>
    [Result(SameTypeAs = nameof(Value))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Floats(
            operands,
            results,
            Result.Type,
            static (x, low, high) => System.Math.Min(System.Math.Max(x, low), high)
        );
}
