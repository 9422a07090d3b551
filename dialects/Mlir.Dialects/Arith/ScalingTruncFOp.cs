namespace Mlir.Dialects.Arith;

/// <summary>Floating-point narrowing after division by a power of two: <c>in / 2^(exponent of scale)</c>, as the OCP microscaling formats need it.</summary>
/// <example><code>%r = arith.scaling_truncf %a, %s : f32, f8E8M0FNU to f8E5M2</code></example>
[Op(
    "arith.scaling_truncf",
    Format = "$in `,` $scale ($roundingmode^)? (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($in) `,` type($scale) `to` type($out)"
)]
public sealed partial class ScalingTruncFOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FloatLike>]
    public partial Value In { get; }

    /// <summary>The power of two; only its exponent counts.</summary>
    [Operand<FloatLike>]
    public partial Value Scale { get; }

    /// <summary>How a value that the narrower format cannot hold is rounded; to nearest even when absent.</summary>
    [Attr(Type = "i32")]
    public partial RoundingMode? Roundingmode { get; }

    /// <summary>The liberties that an optimizer may take with this operation; none when absent.</summary>
    [Attr]
    public partial FastMathFlags? Fastmath { get; }

    /// <summary>The converted value.</summary>
    [Result<FloatLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        MicroScaling.Fold(
            operands,
            results,
            Out.Type,
            Roundingmode ?? RoundingMode.ToNearestEven,
            static (value, power, format) => MicroScaling.Round(value / power, format)
        );

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Narrows(this, In, Out, verifier);
}
