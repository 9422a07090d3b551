namespace Mlir.Backends.Gpu;

/// <summary>What was done on a device since it was opened.</summary>
/// <param name="Launches">Kernels launched, those inside graphs not counted.</param>
/// <param name="GraphLaunches">Graphs launched.</param>
/// <param name="GraphCaptures">Graphs captured.</param>
/// <param name="BytesToDevice">Bytes copied to the device.</param>
/// <param name="BytesToHost">Bytes copied from the device.</param>
/// <param name="BytesBetweenDevices">Bytes copied from other devices to this one.</param>
/// <param name="Copies">Copies of any kind.</param>
/// <param name="Modules">Modules compiled by the driver; what was found loaded already is not counted.</param>
/// <param name="Memory">What the memory is used for now.</param>
public readonly record struct GpuStatistics(
    long Launches,
    long GraphLaunches,
    long GraphCaptures,
    long BytesToDevice,
    long BytesToHost,
    long BytesBetweenDevices,
    long Copies,
    int Modules,
    GpuMemoryStatistics Memory
);
