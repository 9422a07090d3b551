namespace Mlir.Dialects.Arith;

/// <summary>Conversion between <c>index</c> and integers; widening fills with zeros.</summary>
/// <example><code>%r = arith.index_castui %a : i32 to index</code></example>
[Op("arith.index_castui", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class IndexCastUIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<IndexCastLike>]
    public partial Value In { get; }

    /// <summary>The converted value.</summary>
    [Result<IndexCastLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (
            In.Definer is IndexCastUIOp { In: var source }
            && source.Type == Out.Type
            && TypeFacts.BitWidth(TypeFacts.ScalarOf(source.Type)) <= TypeFacts.BitWidth(TypeFacts.ScalarOf(In.Type))
            && results.Be(source)
        )
        || ConstantFolder.Integers(operands, results, Out.Type, static (a, _, w) => (Int128)IntegerMath.Unsigned(a, w));

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.IndexCast(this, In, Out, verifier);
}
