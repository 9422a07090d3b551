using Mlir.Dialects.Flow;

namespace Mlir.Lowering;

/// <summary>Makes one of equal tasks, translations, items, literals and inputs: the first one stays. Foreign functions are never merged.</summary>
[Pass("flow-merge")]
public sealed partial record FlowMerge : Pass<GraphOp>
{
    /// <inheritdoc/>
    protected override void Run(GraphOp op, PassContext context)
    {
        // In order, so that the operands of two equal operations are the same values by the time the second one comes.
        var known = new HashSet<FlowKey>(op.Body.Number().Length);
        for (var inner = op.Body.First; inner is not null; )
        {
            var next = inner.Next;
            if (inner is TaskOp or TranslateOp or ElementOp or LiteralOp or InputOp)
            {
                var key = new FlowKey(inner);
                if (!known.Add(key))
                {
                    known.TryGetValue(key, out var earlier);
                    inner.OpResults[0].ReplaceAllUsesWith(earlier.Operation.OpResults[0]);
                    inner.Erase();
                }
            }

            inner = next;
        }
    }
}
