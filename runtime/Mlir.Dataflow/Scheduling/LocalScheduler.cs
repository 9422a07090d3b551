namespace Mlir.Dataflow;

/// <summary>Runs task graphs on the threads of .NET's pool, several tasks at once.</summary>
/// <remarks>
/// A worker goes on with a task that its last one made ready, so that a chain stays on one thread; what else became ready others steal. A value is
/// let go when its last reader is done. After a failure or a cancellation no further task starts, and the run ends when those that run have ended.
/// </remarks>
public sealed class LocalScheduler : IScheduler
{
    /// <summary>The scheduler; it has no state of its own.</summary>
    public static LocalScheduler Instance { get; } = new();

    /// <inheritdoc/>
    public Task<object?[]> RunAsync(TaskGraph graph, RunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxParallelism, nameof(options.MaxParallelism));
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<object?[]>(cancellationToken)
            : new LocalRun(graph, options, cancellationToken).Start();
    }
}
