using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Removes what no wanted value of a graph needs, foreign functions too.</summary>
[Pass("flow-cull")]
public sealed partial record FlowCull : Pass<GraphOp>
{
    /// <inheritdoc/>
    protected override void Run(GraphOp op, PassContext context)
    {
        // Backwards, so that users go before what they use and one sweep is enough.
        for (var inner = op.Body.Last?.Previous; inner is not null; )
        {
            var previous = inner.Previous;
            if (IsUnused(inner))
            {
                inner.Erase();
            }

            inner = previous;
        }
    }

    private static bool IsUnused(Operation op)
    {
        foreach (var result in op.OpResults)
        {
            if (!result.IsUnused)
            {
                return false;
            }
        }

        return true;
    }
}
