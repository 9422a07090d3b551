namespace Mlir.Dialects.Arith;

/// <summary>The same bits under another type of the same width.</summary>
/// <example><code>%r = arith.bitcast %a : f32 to i32</code></example>
[Op("arith.bitcast", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class BitcastOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<BitcastLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<BitcastLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (In.Type == Out.Type && results.Be(In))
        || (In.Definer is BitcastOp { In: var source } && source.Type == Out.Type && results.Be(source))
        || ConstantFolder.Bitcast(operands, results, Out.Type);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Bitcast(this, In, Out, verifier);
}
