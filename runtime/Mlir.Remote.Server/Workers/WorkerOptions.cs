namespace Mlir.Remote.Server.Workers;

/// <summary>How many worker processes there are, and what each may take.</summary>
internal sealed record WorkerOptions
{
    /// <summary>The workers that run calls; one more is started and waits to replace one that dies.</summary>
    public int Count { get; init; } = Environment.ProcessorCount;

    /// <summary>The most workers that there may be while all of them are busy with long calls and others wait; 0 for four times as many.</summary>
    public int MaxCount { get; init; }

    /// <summary>How long a request waits before another worker is started for it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long workers that were started because all were busy stay when they are not.</summary>
    public TimeSpan SurplusTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A worker that takes more memory of its own than this is ended. Shared segments do not count.</summary>
    public long MaxProcessBytes { get; init; } = 4L << 30;

    /// <summary>How long a worker may take to start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cancelled call may go on before its worker is ended.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The threads that one call's large loops may use; 0 for one a processor.</summary>
    public int ThreadsPerWorker { get; init; }
}
