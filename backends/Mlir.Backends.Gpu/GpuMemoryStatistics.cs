namespace Mlir.Backends.Gpu;

/// <summary>What a device's memory is used for.</summary>
/// <param name="LiveBytes">In arrays that were not disposed, rounded up to what they take.</param>
/// <param name="LiveBlocks">How many these are.</param>
/// <param name="PeakBytes">The most that <paramref name="LiveBytes"/> has been.</param>
/// <param name="ReservedBytes">Taken from the device, for live arrays and for those to come.</param>
/// <param name="LimitBytes">The most that may be taken from the device.</param>
/// <param name="Trims">How often cached memory was given back because there was no other.</param>
public readonly record struct GpuMemoryStatistics(
    long LiveBytes,
    int LiveBlocks,
    long PeakBytes,
    long ReservedBytes,
    long LimitBytes,
    int Trims
)
{
    /// <summary>Taken from the device and free for arrays to come.</summary>
    public long CachedBytes => ReservedBytes - LiveBytes;
}
