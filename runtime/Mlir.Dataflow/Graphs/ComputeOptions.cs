namespace Mlir.Dataflow;

/// <summary>How a graph is computed.</summary>
public sealed record ComputeOptions
{
    /// <summary>On this machine's cores; nobody is told anything.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Who runs the tasks.</summary>
    public IScheduler Scheduler { get; init; } = LocalScheduler.Instance;

    /// <inheritdoc cref="RunOptions.MaxParallelism"/>
    public int MaxParallelism { get; init; }

    /// <inheritdoc cref="RunOptions.Progress"/>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <inheritdoc cref="RunOptions.ProgressInterval"/>
    public TimeSpan ProgressInterval { get; init; } = RunOptions.Default.ProgressInterval;

    /// <inheritdoc cref="RunOptions.TracePath"/>
    public string? TracePath { get; init; }

    /// <inheritdoc cref="RunOptions.Completed"/>
    public Action<RunReport>? Completed { get; init; }

    /// <summary>Is given every failure of a compiler, whose tasks run one by one instead; see also <see cref="FlowPlan.Diagnostics"/>.</summary>
    public Action<FlowDiagnostic>? Diagnostic { get; init; }

    internal RunOptions ToRunOptions() =>
        new()
        {
            MaxParallelism = MaxParallelism,
            Progress = Progress,
            ProgressInterval = ProgressInterval,
            TracePath = TracePath,
            Completed = Completed,
        };
}
