using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

public sealed partial class GpuDevice
{
    private volatile string? lostReason;

    /// <summary>What took the device; null while it is in order.</summary>
    internal string? LostReason => lostReason;

    /// <summary>Turns what the driver returned into the exception that says so.</summary>
    /// <param name="result">What the driver returned.</param>
    /// <param name="call">What was asked of it.</param>
    /// <param name="stream">The stream that it concerned; null for none.</param>
    internal void Check(DriverResult result, string call, GpuStream? stream = null)
    {
        if (result != DriverResult.Success)
        {
            throw Explain(result, call, stream);
        }
    }

    /// <summary>The exception for what the driver returned; a result that takes the device fails everything under way on it.</summary>
    internal GpuException Explain(DriverResult result, string call, GpuStream? stream)
    {
        if (!result.IsSticky)
        {
            return new GpuDriverException(Id, call, Driver.NameOf(result));
        }

        var fault = Driver.FaultOf(Context) is { } detail
            ? $"{Driver.NameOf(result)}: {detail}"
            : Driver.NameOf(result);
        bool isFirst;
        lock (gate)
        {
            isFirst = lostReason is null;
            lostReason ??= fault;
        }

        GpuException failure =
            isFirst && IsKernelFault(result)
                ? new KernelFaultException(Id, fault, stream?.RecentLaunches ?? LaunchesOfAll(), IsDebug)
                : new DeviceLostException(Id, lostReason!);
        Completions.FailAll(failure);
        return failure;
    }

    private static bool IsKernelFault(DriverResult result) =>
        result is not (DriverResult.EccUncorrectable or DriverResult.ContextIsDestroyed or DriverResult.Unknown);

    private System.Collections.Immutable.ImmutableArray<GpuLaunchRecord> LaunchesOfAll() =>
        [.. streams.Keys.SelectMany(static stream => stream.RecentLaunches)];
}
