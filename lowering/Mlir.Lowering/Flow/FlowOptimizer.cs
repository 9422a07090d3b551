using System.Collections.Immutable;
using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Makes a graph ready to run: what is wanted is copied out of the user's graph, then optimized.</summary>
public static class FlowOptimizer
{
    /// <summary>The passes, for a <see cref="GraphOp"/>.</summary>
    /// <param name="parallelCompilers">The compilers whose tasks keep all cores busy: they fuse whole subgraphs, the others chains only.</param>
    public static PassPipeline Pipeline(ImmutableArray<string> parallelCompilers) =>
        new(
            "flow.graph",
            [
                // First, so that nothing is done for what nobody wants, and so that it ends no chain.
                new FlowCull(),
                // Before fusion: two equal tasks in two fused ones are not seen as equal any more.
                new FlowMerge(),
                // Before chains, which would hide tasks from it.
                .. parallelCompilers.IsDefaultOrEmpty
                    ? ReadOnlySpan<PipelineStep>.Empty
                    : [new FlowFuseSubgraphs(string.Join(',', parallelCompilers))],
                new FlowFuseChains(),
                // After fusion: only a fused task has a body to take literals.
                new FlowSpecialize(),
            ]
        );

    /// <summary>A new graph that computes <paramref name="wanted"/>, values of <paramref name="source"/>, which stays as it is.</summary>
    /// <param name="source">The graph; it needs no terminator.</param>
    /// <param name="wanted">The values, which the new graph yields in this order.</param>
    /// <param name="copies">Learns what stands for which value of the source; null where nobody asks.</param>
    /// <exception cref="ArgumentException">A wanted value does not belong to the graph.</exception>
    public static GraphOp Extract(GraphOp source, IReadOnlyList<Value> wanted, IrMapping? copies = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(wanted);
        var body = source.Body;
        foreach (var value in wanted)
        {
            if (!ReferenceEquals(value.Definer?.Block, body))
            {
                throw new ArgumentException(
                    $"a wanted value does not belong to the graph @{source.SymName}",
                    nameof(wanted)
                );
            }
        }

        var graph = GraphOp.Create(source.Location, source.SymName);
        var extraction = new GraphExtraction(body, wanted);
        extraction.CopyTo(graph.Body, copies);
        graph.Body.Insert(new YieldOp(source.Location, [.. wanted.Select(extraction.CopyOf)]));
        return graph;
    }
}
