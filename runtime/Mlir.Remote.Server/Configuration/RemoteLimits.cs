namespace Mlir.Remote.Server;

/// <summary>What a client, a call or a message may use. Errors name the limit as the protocol's <c>Limits</c> message does.</summary>
public sealed record RemoteLimits
{
    /// <summary>The bytes of one message; larger arrays are sent in parts.</summary>
    public int MaxMessageBytes { get; init; } = 4 << 20;

    /// <summary>The bytes of one module's text.</summary>
    public int MaxModuleBytes { get; init; } = 1 << 20;

    /// <summary>The functions of one session.</summary>
    public int MaxFunctions { get; init; } = 10_000;

    /// <summary>The bytes of one array.</summary>
    public long MaxBufferBytes { get; init; } = 4L << 30;

    /// <summary>The bytes of all arrays of one session.</summary>
    public long MaxStoredBytes { get; init; } = 8L << 30;

    /// <summary>The bytes of temporaries and results of one call.</summary>
    public long MaxCallMemoryBytes { get; init; } = 4L << 30;

    /// <summary>The calls of one session that may be open at a time.</summary>
    public int MaxConcurrentCalls { get; init; } = 256;

    /// <summary>The calls of one batch.</summary>
    public int MaxBatchCalls { get; init; } = 100_000;

    /// <summary>The time that one call may run.</summary>
    public TimeSpan MaxCallTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time that one compilation may take.</summary>
    public TimeSpan MaxCompileTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The sessions of the whole server.</summary>
    public int MaxSessions { get; init; } = 1_000;

    /// <summary>The memory of one worker process, the compiler's included.</summary>
    public long MaxWorkerBytes { get; init; } = 8L << 30;

    /// <summary>The code of functions that nobody uses any more but somebody may define again.</summary>
    public int MaxCachedModules { get; init; } = 256;
}
