using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Common subexpression elimination: of equal pure operations the one that dominates the others stays.</summary>
[Pass("cse")]
public sealed partial record Cse : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        var known = new Dictionary<OperationKey, Operation>();
        var dominance = new DominanceInfo();
        var dead = new List<Operation>(); // erased at the end: the walk is still inside
        foreach (var inner in op.Walk())
        {
            if (inner is IIsolatedFromAbove)
            {
                // No value crosses the border of an isolated operation.
                known.Clear();
            }

            if (
                !(inner.Regions.Count == 0 ? inner is IPure : IsArrayFunction(inner))
                || inner.Results.Count == 0
                || inner is ITerminator
            )
            {
                continue;
            }

            var key = new OperationKey(inner);
            if (known.TryGetValue(key, out var earlier) && dominance.ProperlyDominates(earlier, inner))
            {
                for (var i = 0; i < inner.Results.Count; i++)
                {
                    inner.Results[i].ReplaceAllUsesWith(earlier.Results[i]);
                }

                dead.Add(inner);
            }
            else
            {
                known[key] = inner;
            }
        }

        foreach (var inner in dead)
        {
            inner.Erase();
        }
    }

    /// <summary>Whether this is a structured operation on tensors: what it computes is in its operands and its body.</summary>
    private static bool IsArrayFunction(Operation op) => op is ILinalgOp && SideEffects.IsPure(op);
}
