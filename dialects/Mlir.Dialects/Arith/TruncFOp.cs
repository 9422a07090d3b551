namespace Mlir.Dialects.Arith;

/// <summary>Floating-point narrowing.</summary>
/// <example><code>%r = arith.truncf %a : f64 to f32</code></example>
[Op(
    "arith.truncf",
    Format = "$in ($roundingmode^)? (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($in) `to` type($out)"
)]
public sealed partial class TruncFOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FloatLike>]
    public partial Value In { get; }

    /// <summary>How a value that the narrower format cannot hold is rounded; to nearest even when absent.</summary>
    [Attr(Type = "i32")]
    public partial RoundingMode? Roundingmode { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The converted value.</summary>
    [Result<FloatLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        (In.Definer is ExtFOp { In: var source } && source.Type == Out.Type && results.Be(source))
        || (
            Roundingmode is null or RoundingMode.ToNearestEven
            && ConstantFolder.Floats(operands, results, Out.Type, static (a, _) => a)
        );

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Narrows(this, In, Out, verifier);
}
