namespace Mlir.Dataflow;

/// <summary>What a task took in a run.</summary>
/// <param name="Time">The time from its start to its end.</param>
/// <param name="Bytes">The size of its results.</param>
public readonly record struct TaskProfile(TimeSpan Time, long Bytes);
