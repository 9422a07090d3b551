using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Tasks that a compiler makes one of.</summary>
/// <param name="Tasks">The tasks, in an order in which they can be carried out.</param>
public sealed record Subgraph(ImmutableArray<SubgraphTask> Tasks)
{
    /// <summary>The names of the tasks' functions, in order of execution.</summary>
    public override string ToString() => string.Join(" → ", Tasks.Select(t => t.Function.Id));
}
