namespace Mlir.Dialects.Arith;

/// <summary>Integer widening that copies the sign bit.</summary>
/// <example><code>%r = arith.extsi %a : i32 to i64</code></example>
[Op("arith.extsi", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class ExtSIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FixedIntegerLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<FixedIntegerLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Integers(operands, results, Out.Type, static (a, _, _) => a);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Widens(this, In, Out, verifier);
}
