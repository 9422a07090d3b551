namespace Mlir.Backends.Gpu;

/// <summary>How a device is used.</summary>
public sealed record GpuDeviceOptions
{
    /// <summary>The usual.</summary>
    public static GpuDeviceOptions Default { get; } = new();

    /// <summary>The most memory to take from the device, in bytes; null for all it has.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// Whether every launch is waited for, so that an error names the kernel that failed; null asks the environment variable
    /// <see cref="GpuDevice.DebugVariable"/>.
    /// </summary>
    public bool? Debug { get; init; }

    /// <summary>Whether work that repeats with the same arrays and sizes is captured into a graph and replayed.</summary>
    public bool UseGraphs { get; init; } = true;
}
