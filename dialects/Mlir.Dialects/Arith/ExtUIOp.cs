namespace Mlir.Dialects.Arith;

/// <summary>Integer widening that fills with zeros.</summary>
/// <example><code>%r = arith.extui %a : i32 to i64</code></example>
[Op("arith.extui", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class ExtUIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FixedIntegerLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<FixedIntegerLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Integers(operands, results, Out.Type, static (a, _, w) => (Int128)IntegerMath.Unsigned(a, w));

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Widens(this, In, Out, verifier);
}
