namespace Mlir.Dialects.Flow;

/// <summary>Tasks that one compiler compiles into one.</summary>
/// <example><code>
/// %z = flow.fused "cpu"(%x) : (…) -> … {
/// ^bb0(%a: …):
///   …
///   flow.yield %c : …
/// }
/// </code></example>
[Op(
    "flow.fused",
    Format = "$compiler `(` $operands `)` attr-dict `:` functional-type($operands, $results) $bodyRegion"
)]
public sealed partial class FusedOp : Operation, IIsolatedFromAbove, ISingleBlock, IPure
{
    /// <summary>The compiler's name.</summary>
    [Attr]
    public partial string Compiler { get; }

    /// <summary>What comes from outside; the body's block has an argument for each.</summary>
    [Operand<AnyData>]
    public new partial OperandList Operands { get; }

    /// <summary>What the body yields.</summary>
    [Result<AnyData>]
    public new partial IReadOnlyList<OpResult> Results { get; }

    /// <summary>The tasks, in the order in which they are carried out.</summary>
    [Region(MinBlocks = 1, MaxBlocks = 1)]
    public partial Region BodyRegion { get; }

    /// <summary>The only block.</summary>
    public Block Body => BodyRegion.Single;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!BodyRegion.HasOneBlock)
        {
            return;
        }

        Compare("argument", Operands.Select(o => o.Type), Body.Arguments.Select(a => a.Type));
        if (Body.Last is not YieldOp yield)
        {
            verifier.Error(this, "must end with 'flow.yield'");
            return;
        }

        Compare("result", Results.Select(r => r.Type), yield.Operands.Select(o => o.Type));
        foreach (var op in Body.Operations)
        {
            if (op is IFlowTask { Compiler: var compiler } && compiler != Compiler)
            {
                verifier.Error(op, $"cannot be part of a fused task of the compiler \"{Compiler}\"");
            }
            else if (op is not (IFlowTask or ElementOp or LiteralOp or YieldOp))
            {
                verifier.Error(op, "cannot be part of a fused task");
            }
        }

        void Compare(string what, IEnumerable<IrType> outside, IEnumerable<IrType> inside)
        {
            if (!outside.SequenceEqual(inside))
            {
                verifier.Error(
                    this,
                    $"has {what} types ({string.Join(", ", outside)}) but its body has ({string.Join(", ", inside)})"
                );
            }
        }
    }
}
