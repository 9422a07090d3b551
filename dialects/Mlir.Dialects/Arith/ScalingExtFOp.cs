namespace Mlir.Dialects.Arith;

/// <summary>Floating-point widening times a power of two: <c>in * 2^(exponent of scale)</c>, as the OCP microscaling formats need it.</summary>
/// <example><code>%r = arith.scaling_extf %a, %s : f8E5M2, f8E8M0FNU to f32</code></example>
[Op(
    "arith.scaling_extf",
    Format = "$in `,` $scale (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($in) `,` type($scale) `to` type($out)"
)]
public sealed partial class ScalingExtFOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FloatLike>]
    public partial Value In { get; }

    /// <summary>The power of two; only its exponent counts.</summary>
    [Operand<FloatLike>]
    public partial Value Scale { get; }

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
            RoundingMode.ToNearestEven,
            static (value, power, _) => value * power
        );

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Widens(this, In, Out, verifier);
}
