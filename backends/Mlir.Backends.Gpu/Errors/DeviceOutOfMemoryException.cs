using System.Globalization;

namespace Mlir.Backends.Gpu;

/// <summary>A device has not the memory that was asked for, also after everything cached was given back.</summary>
/// <param name="device">The device.</param>
/// <param name="requested">The bytes asked for.</param>
/// <param name="statistics">What the device's memory was used for.</param>
public sealed class DeviceOutOfMemoryException(string device, long requested, GpuMemoryStatistics statistics)
    : GpuException(Describe(device, requested, statistics), device)
{
    /// <summary>The bytes asked for.</summary>
    public long Requested => requested;

    /// <summary>What the device's memory was used for.</summary>
    public GpuMemoryStatistics Statistics => statistics;

    private static string Describe(string device, long requested, GpuMemoryStatistics memory) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{device} has no {MiB(requested):0.##} MiB left: {MiB(memory.LiveBytes):0.##} MiB are in {memory.LiveBlocks} live arrays, {MiB(memory.CachedBytes):0.##} MiB cached, {MiB(memory.ReservedBytes):0.##} of {MiB(memory.LimitBytes):0.##} MiB taken from the device. Dispose arrays that are no longer needed, or compute in parts."
        );

    private static double MiB(long bytes) => bytes / (1024.0 * 1024);
}
