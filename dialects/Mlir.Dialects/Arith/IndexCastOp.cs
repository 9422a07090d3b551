namespace Mlir.Dialects.Arith;

/// <summary>Conversion between <c>index</c> and integers; widening copies the sign bit.</summary>
/// <example><code>%r = arith.index_cast %a : i32 to index</code></example>
[Op("arith.index_cast", Format = "$in attr-dict `:` type($in) `to` type($out)")]
public sealed partial class IndexCastOp : Operation, IPure, IElementwise, ISameShape
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
            In.Definer is IndexCastOp { In: var source }
            && source.Type == Out.Type
            && TypeFacts.BitWidth(TypeFacts.ScalarOf(source.Type)) <= TypeFacts.BitWidth(TypeFacts.ScalarOf(In.Type))
            && results.Be(source)
        ) || ConstantFolder.Integers(operands, results, Out.Type, static (a, _, _) => a);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.IndexCast(this, In, Out, verifier);
}
