namespace Mlir.Dataflow;

/// <summary>How a task graph is run.</summary>
public sealed record RunOptions
{
    /// <summary>As many tasks at once as there are cores; nobody is told anything.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>The most tasks that run at the same time; 0 for the number of cores.</summary>
    public int MaxParallelism { get; init; }

    /// <summary>Is told how far the run is: at the start, then every <see cref="ProgressInterval"/>, and at the end.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>The time between two reports of progress; zero for one after every task.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A file for <c>chrome://tracing</c> or Perfetto that says when each task ran; null for none. It is written after a failure too.</summary>
    public string? TracePath { get; init; }

    /// <summary>Is given time and bytes of every task when the run is over, after a failure too; null where nobody asks.</summary>
    public Action<RunReport>? Completed { get; init; }
}
