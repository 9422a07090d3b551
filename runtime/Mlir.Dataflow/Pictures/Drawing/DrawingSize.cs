using Mlir.Dialects.Flow;

namespace Mlir.Dataflow.Pictures;

/// <summary>How large a drawing will be; known long before it is made.</summary>
/// <param name="Nodes">The number of nodes.</param>
/// <param name="Tasks">The number of those that are tasks.</param>
internal readonly record struct DrawingSize(int Nodes, int Tasks)
{
    /// <summary>The size of a graph's drawing.</summary>
    public static DrawingSize Of(GraphOp graph, bool showsData)
    {
        var (nodes, tasks) = (0, 0);
        foreach (var op in graph.Body.Operations)
        {
            if (op is LiteralOp)
            {
                continue;
            }

            foreach (var operand in op.Operands)
            {
                nodes += operand.Definer is LiteralOp ? 1 : 0;
            }

            if (op is InputOp)
            {
                nodes++;
            }
            else if (op is not YieldOp)
            {
                tasks++;
                nodes += 1 + (showsData ? op.Results.Count : 0);
            }
        }

        return new DrawingSize(nodes, tasks);
    }
}
