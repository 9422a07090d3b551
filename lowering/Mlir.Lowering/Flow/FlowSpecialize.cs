using System.Runtime.InteropServices;
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
        if (!HasLiteral(fused))
        {
            return;
        }

        var body = fused.Body;
        var first = body.First;
        var operands = fused.Operands.ToArray();
        var isLiteral = new bool[operands.Length];
        fused.SetOperands([]);
        var inputs = new List<Value>(operands.Length);
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i].Definer is not LiteralOp literal)
            {
                inputs.Add(operands[i]);
                continue;
            }

            // The last fused task to take it gets it, the others copies.
            isLiteral[i] = true;
            var constant = literal.Result.IsUnused ? literal : (LiteralOp)literal.CloneWith();
            constant.Remove();
            body.Insert(constant, first);
            body.Arguments[i].ReplaceAllUsesWith(constant.Result);
        }

        body.EraseUnusedArguments(a => isLiteral[a.Index]);
        fused.SetOperands(CollectionsMarshal.AsSpan(inputs));
    }

    private static bool HasLiteral(FusedOp fused)
    {
        foreach (var operand in fused.OpOperands)
        {
            if (operand.Value.Definer is LiteralOp)
            {
                return true;
            }
        }

        return false;
    }
}
