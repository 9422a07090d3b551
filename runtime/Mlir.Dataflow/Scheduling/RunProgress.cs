using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>How far a run is.</summary>
/// <param name="Done">The number of tasks that are done.</param>
/// <param name="Total">The number of tasks.</param>
/// <param name="Running">The names of the tasks that run now.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="IsOver">Whether this is the last report of the run.</param>
public sealed record RunProgress(int Done, int Total, ImmutableArray<string> Running, TimeSpan Elapsed, bool IsOver);
