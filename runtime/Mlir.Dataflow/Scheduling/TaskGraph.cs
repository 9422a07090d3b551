using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What a scheduler runs.</summary>
/// <param name="Tasks">The tasks, each behind those whose results it takes.</param>
/// <param name="Values">The number of slots.</param>
/// <param name="Inputs">The values that are there at the start, by slot.</param>
/// <param name="Outputs">The slots of the wanted values.</param>
public sealed record TaskGraph(
    ImmutableArray<GraphTask> Tasks,
    int Values,
    ImmutableArray<KeyValuePair<int, object?>> Inputs,
    ImmutableArray<int> Outputs
);
