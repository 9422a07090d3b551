namespace Mlir.Dialects.Arith;

/// <summary>Floating-point widening; every value stays what it is.</summary>
/// <example><code>%r = arith.extf %a : f32 to f64</code></example>
[Op("arith.extf", Format = "$in (`fastmath` `` `<` $fastmath^ `>`)? attr-dict `:` type($in) `to` type($out)")]
public sealed partial class ExtFOp : Operation, IPure, IElementwise, ISameShape
{
    /// <summary>What is converted.</summary>
    [Operand<FloatLike>]
    public partial Value In { get; }

    /// <summary>The liberties that an optimizer may take with this operation.</summary>
    [Attr(Default = "FastMathFlags.None")]
    public partial FastMathFlags Fastmath { get; }

    /// <summary>The converted value.</summary>
    [Result<FloatLike>]
    public partial OpResult Out { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results) =>
        ConstantFolder.Floats(operands, results, Out.Type, static (a, _) => a);

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => CastRules.Widens(this, In, Out, verifier);
}
