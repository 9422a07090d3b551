namespace Mlir.Dataflow;

/// <summary>What a task took.</summary>
/// <param name="Task">The task.</param>
/// <param name="Start">When it started, from the start of the run.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Bytes">The size of its results: the elements of tensors, arrays and strings.</param>
/// <param name="Thread">The managed thread that ran it.</param>
public sealed record TaskProfile(GraphTask Task, TimeSpan Start, TimeSpan Duration, long Bytes, int Thread);
