namespace Mlir.Backends.Gpu.Interop;

/// <summary>What can be asked about a device, under the numbers of the CUDA driver.</summary>
internal enum DeviceAttribute
{
    MaxThreadsPerBlock = 1,
    WarpSize = 10,
    MultiprocessorCount = 16,
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
    MaxSharedBytesPerBlock = 97,
}
