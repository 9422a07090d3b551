using System.Collections.Immutable;

namespace Mlir.Backends.Gpu;

/// <summary>A kernel failed on a device, which is lost with it.</summary>
/// <param name="device">The device.</param>
/// <param name="fault">The driver's error.</param>
/// <param name="recentLaunches">The last launches of the stream, the latest first.</param>
/// <param name="isExact">Whether the latest launch is known to be the one that failed.</param>
public sealed class KernelFaultException(
    string device,
    string fault,
    ImmutableArray<GpuLaunchRecord> recentLaunches,
    bool isExact
) : GpuException(Describe(device, fault, recentLaunches, isExact), device)
{
    /// <summary>The kernel that failed, or the latest of those that may have; empty when nothing was launched.</summary>
    public string Kernel => RecentLaunches.IsEmpty ? "" : RecentLaunches[0].Kernel;

    /// <summary>What that kernel computes, and where in the source it stands; empty when unknown.</summary>
    public string Operation => RecentLaunches.IsEmpty ? "" : RecentLaunches[0].Operation;

    /// <summary>The driver's error.</summary>
    public string Fault => fault;

    /// <summary>The last launches of the stream, the latest first.</summary>
    public ImmutableArray<GpuLaunchRecord> RecentLaunches { get; } = recentLaunches;

    private static string Describe(
        string device,
        string fault,
        ImmutableArray<GpuLaunchRecord> launches,
        bool isExact
    ) =>
        launches.IsEmpty ? $"{device} failed: {fault}"
        : isExact ? $"A kernel failed on {device}: {fault}\n  in {launches[0]}"
        : $"A kernel failed on {device}: {fault}\n  in one of the last launches ({GpuDevice.DebugVariable}=1 says in which):\n"
            + string.Join('\n', launches.Select(static launch => $"    {launch}"));
}
