namespace Mlir.Backends.Gpu.Simulation;

/// <summary>What the driver double pretends to be.</summary>
/// <param name="Devices">How many devices it has.</param>
/// <param name="MemoryBytes">The memory of each.</param>
/// <param name="Version">The version of the driver, 1000 × major + 10 × minor.</param>
/// <param name="PeerAccess">Whether devices reach each other's memory.</param>
/// <param name="Launches">What becomes of launches.</param>
/// <param name="IsLarge">Whether a device says that it is as fast as an H100.</param>
/// <param name="Capability">The compute capability of the devices, 10 × major + minor.</param>
/// <param name="Threads">The threads that a device's kernels run on; 0 for all processors.</param>
internal sealed record DriverDoubleOptions(
    int Devices = 1,
    long MemoryBytes = 4L << 30,
    int Version = 12040,
    bool PeerAccess = true,
    LaunchMode Launches = LaunchMode.Run,
    bool IsLarge = false,
    int Capability = 80,
    int Threads = 0
);
