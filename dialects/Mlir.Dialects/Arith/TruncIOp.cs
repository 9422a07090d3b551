namespace Mlir.Dialects.Arith;

/// <summary>Integer narrowing that keeps the low bits.</summary>
/// <example><code>%r = arith.trunci %a : i64 to i32</code></example>
[Op("arith.trunci", Format = "$in (`overflow` `` `<` $overflowFlags^ `>`)? attr-dict `:` type($in) `to` type($out)")]
public sealed partial class TruncIOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FixedIntegerLike>]
    public partial Value In { get; }

    /// <summary>Which overflows cannot happen: when one does, the result is poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The converted value.</summary>
    [Result<FixedIntegerLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (
            In.Definer is ExtSIOp or ExtUIOp
            && In.Definer!.Operands[0].Type == Out.Type
            && results.Be(In.Definer.Operands[0])
        ) || ConstantFolder.Integers(operands, results, Out.Type, static (a, _, _) => a);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Narrows(this, In, Out, verifier);
}
