using Mlir.Dialects.Flow;

namespace Mlir.Lowering;

/// <summary>
/// Fuses maximal linear chains of tasks and translations that name one compiler. A task goes on with a chain when no task but the chain's last one feeds it
/// (inputs and literals may), and when it alone takes that one's result, which is not wanted itself. So fan-out and a wanted value end a chain, and fan-in starts one;
/// whatever names another compiler or none stays as it is, and so does a task without a neighbour to fuse with. The items of a task's tuple go with the task.
/// </summary>
/// <example><code>
/// %y = flow.task "scale" by "P.Scale" on "cpu"(%x) : …
/// %z = flow.task "shift" by "P.Shift" on "cpu"(%y) : …
/// // → %z = flow.fused "cpu"(%x) : … { both; flow.yield }
/// </code></example>
[Pass("flow-fuse-chains")]
public sealed partial record FlowFuseChains : Pass<GraphOp>
{
    private const int None = -1;
    private const int Several = -2;

    /// <inheritdoc/>
    protected override void Run(GraphOp op, PassContext context)
    {
        var nodes = new FlowNodes(op.Body);
        var (producer, consumer) = Neighbours(nodes);
        var groups = new FusionGroups(nodes);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes.CompilerOf(i) is not { } compiler)
            {
                continue;
            }

            var before = producer[i];
            if (before >= 0 && consumer[before] == i && nodes.CompilerOf(before) == compiler)
            {
                groups.Join(i, before);
            }
        }

        groups.Fuse();
    }

    /// <summary>The only task that feeds each task, and the only one that each feeds; the terminator takes what is wanted like a task.</summary>
    private static (int[] Producer, int[] Consumer) Neighbours(FlowNodes nodes)
    {
        var producer = new int[nodes.Count];
        var consumer = new int[nodes.Count];
        Array.Fill(producer, None);
        Array.Fill(consumer, None);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (!nodes.IsNode(i))
            {
                continue;
            }

            foreach (var operand in nodes.Operations[i].OpOperands)
            {
                var from = nodes.TaskOf(operand.Value);
                if (from < 0)
                {
                    continue;
                }

                producer[i] = producer[i] == None || producer[i] == from ? from : Several;
                consumer[from] = consumer[from] == None || consumer[from] == i ? i : Several;
            }
        }

        return (producer, consumer);
    }
}
