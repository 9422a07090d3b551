namespace Mlir.Backends.Gpu.Simulation;

/// <summary>What was made through the driver double and not given back.</summary>
internal sealed record LeakCounts(
    int Memory = 0,
    int Pinned = 0,
    int Streams = 0,
    int Events = 0,
    int Modules = 0,
    int Graphs = 0,
    int Contexts = 0
)
{
    /// <summary>Nothing is left.</summary>
    public static LeakCounts None { get; } = new();
}
