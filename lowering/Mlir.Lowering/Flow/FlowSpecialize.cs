using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Moves the literals that fused tasks take into their bodies, where the compiler sees them as constants; they are no inputs any more.</summary>
/// <example><code>
/// %by = flow.literal 2.0 : f64 -> …
/// %y = flow.fused "cpu"(%x, %by) : … { ^bb0(%a: …, %b: …): … }
/// // → flow.fused "cpu"(%x) : … { ^bb0(%a: …): %b = flow.literal 2.0 … }
/// </code></example>
[Pass("flow-specialize")]
public sealed partial record FlowSpecialize : Pass<GraphOp>
{
    /// <inheritdoc/>
    protected override void Run(GraphOp op, PassContext context)
    {
        for (var inner = op.Body.First; inner is not null; inner = inner.Next)
        {
            if (inner is FusedOp fused)
            {
                Specialize(fused);
            }
        }
    }

    private static void Specialize(FusedOp fused)
    {
        var body = fused.Body;
        var first = body.First;
        var isLiteral = new bool[fused.Operands.Count];
        var literals = new List<LiteralOp>();
        var inputs = new List<Value>();
        for (var i = 0; i < isLiteral.Length; i++)
        {
            if (fused.Operands[i].Definer is LiteralOp literal)
            {
                var copy = (LiteralOp)literal.CloneWith();
                body.Insert(copy, first);
                body.Arguments[i].ReplaceAllUsesWith(copy.Result);
                isLiteral[i] = true;
                literals.Add(literal);
            }
            else
            {
                inputs.Add(fused.Operands[i]);
            }
        }

        if (literals.Count == 0)
        {
            return;
        }

        body.EraseUnusedArguments(a => isLiteral[a.Index]);
        fused.SetOperands([.. inputs]);
        foreach (var literal in literals)
        {
            if (literal.Result.IsUnused)
            {
                literal.Erase();
            }
        }
    }
}
