namespace Mlir.Backends.Gpu.Interop;

/// <summary>What can be asked about a device, under the numbers of the CUDA driver.</summary>
internal enum DeviceAttribute
{
    MaxThreadsPerBlock = 1,
    WarpSize = 10,

    /// <summary>In kHz.</summary>
    ClockRate = 13,
    MultiprocessorCount = 16,

    /// <summary>In kHz; data goes at both edges.</summary>
    MemoryClockRate = 36,

    /// <summary>In bits.</summary>
    MemoryBusWidth = 37,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,

    /// <summary>How many times faster numbers of 32 bits are than numbers of 64.</summary>
    SingleToDoubleRatio = 87,
    MaxSharedBytesPerBlock = 97,
}
