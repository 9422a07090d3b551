namespace Mlir.Remote.Server.Workers;

/// <summary>How many worker processes there are, and what each may take.</summary>
internal sealed record WorkerOptions
{
    /// <summary>The workers that run calls; one more is started and waits to replace one that dies.</summary>
    public int Count { get; init; } = Environment.ProcessorCount;

    /// <summary>A worker that takes more memory of its own than this is ended. Shared segments do not count.</summary>
    public long MaxProcessBytes { get; init; } = 4L << 30;

    /// <summary>How long a worker may take to start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cancelled call may go on before its worker is ended.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The threads that one call's large loops may use; 0 for one a processor.</summary>
    public int ThreadsPerWorker { get; init; }
}
