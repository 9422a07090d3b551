namespace Mlir.Dialects.Arith;

/// <summary>Conversion of signed integers to floats, rounded to nearest even.</summary>
/// <example><code>%r = arith.sitofp %a : i32 to f32</code></example>
[Op("arith.sitofp", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class SIToFPOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FixedIntegerLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<FloatLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.IntegersToFloats(operands, results, Out.Type, signed: true);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.SameShape(this, In, Out, verifier);
}
