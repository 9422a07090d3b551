namespace Mlir.Dialects.Arith;

/// <summary>Conversion of floats to unsigned integers that rounds towards zero; NaN and values out of range are poison.</summary>
/// <example><code>%r = arith.fptoui %a : f32 to i32</code></example>
[Op("arith.fptoui", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class FPToUIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FloatLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<FixedIntegerLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.FloatsToIntegers(operands, results, Out.Type, signed: false);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.SameShape(this, In, Out, verifier);
}
