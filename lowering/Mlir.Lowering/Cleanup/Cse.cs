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
        foreach (var inner in op.Walk())
        {
            if (inner is IIsolatedFromAbove)
            {
                // No value crosses the border of an isolated operation.
                known.Clear();
            }

            if (inner is not IPure || inner.Regions.Count > 0 || inner.Results.Count == 0 || inner is ITerminator)
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

                inner.Erase();
            }
            else
            {
                known[key] = inner;
            }
        }
    }
}
