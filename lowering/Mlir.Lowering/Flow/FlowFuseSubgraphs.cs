using Mlir.Dialects.Flow;

namespace Mlir.Lowering;

/// <summary>
/// Fuses connected tasks of a compiler whose tasks keep all cores busy: maximal convex subgraphs with several inputs and outputs, wanted values among them.
/// Tasks beside each other gain nothing from such a compiler when they stay apart; what fusion can cost is that a task that runs as it is, on one core, starts
/// later. So the model counts those only: fusion may not lengthen the longest line of them in front of any one of them. Then none waits for one that it
/// need not wait for, and no path leaves a fused task and comes back.
/// </summary>
/// <param name="Compilers">The compilers' names, separated by commas.</param>
[Pass("flow-fuse-subgraphs")]
public sealed partial record FlowFuseSubgraphs(string Compilers = "cpu") : Pass<GraphOp>
{
    /// <inheritdoc/>
    protected override void Run(GraphOp op, PassContext context)
    {
        foreach (
            var compiler in Compilers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var nodes = new FlowNodes(op.Body);
            if (new FusionStages(nodes, compiler).Groups().Fuse())
            {
                DataflowOrder.Restore(op.Body);
            }
        }
    }
}
