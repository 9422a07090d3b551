namespace Mlir.Dataflow;

/// <summary>How a task graph is run.</summary>
public sealed record RunOptions
{
    /// <summary>As many tasks at once as there are cores; nobody is told anything.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>The most tasks that run at the same time; 0 for the number of cores.</summary>
    public int MaxParallelism { get; init; }
}
