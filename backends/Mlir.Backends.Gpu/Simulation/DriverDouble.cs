using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>
/// A managed double of the CUDA driver: it keeps the driver's rules about contexts, streams, events, captures and lost devices, and
/// its kernels are the very PTX, run by the PTX machine. Each stream has a worker of its own, so that what is asynchronous there is
/// asynchronous here.
/// </summary>
internal sealed unsafe partial class DriverDouble : IGpuDriver, IDisposable
{
    // Handles are never used twice, in no double of the process: one that was destroyed is not taken for another.
    private static long lastHandle = 0x1000;

    [ThreadStatic]
    private static nint currentContext;

    private readonly DriverDoubleOptions options;
    private readonly DoubleDevice[] devices;
    private readonly ConcurrentDictionary<nint, object> handles = new();

    public DriverDouble(DriverDoubleOptions? options = null)
    {
        this.options = options ?? new DriverDoubleOptions();
        devices =
        [
            .. Enumerable
                .Range(0, this.options.Devices)
                .Select(ordinal => new DoubleDevice(ordinal, NewHandle(), this.options)),
        ];
    }

    /// <summary>What shall go wrong.</summary>
    public DriverFaults Faults { get; } = new();

    /// <summary>How many launches were accepted.</summary>
    public long Launches;

    /// <summary>How many graphs were launched.</summary>
    public long GraphLaunches;

    /// <summary>What was made and not given back.</summary>
    public LeakCounts Leaks =>
        new(
            memory.Count,
            pinned.Count,
            handles.Values.OfType<DoubleStream>().Count(),
            handles.Values.OfType<DoubleEvent>().Count(),
            handles.Values.OfType<DoubleModule>().Count(),
            handles.Values.OfType<DoubleGraph>().Count(),
            devices.Sum(static device => device.Retained)
        );

    public string Kind => "ptx";

    public GpuCodeFormat CodeFormat => GpuCodeFormat.Ptx;

    public bool HasGraphs => true;

    public int OldestVersion => 11040;

    /// <summary>Loses a device, as a fault in a kernel would.</summary>
    public void Lose(int device, DriverResult result) => devices[device].Lose(result, "lost as the test wished");

    public string NameOf(DriverResult result) => $"{result} ({(int)result})";

    public string? FaultOf(nint context) => Array.Find(devices, device => device.Context == context)?.Fault;

    public DriverResult Init() =>
        Faults.Of(nameof(Init)) ?? (devices.Length == 0 ? DriverResult.NoDevice : DriverResult.Success);

    public DriverResult DriverGetVersion(out int version)
    {
        version = options.Version;
        return Faults.Of(nameof(DriverGetVersion)) ?? DriverResult.Success;
    }

    public DriverResult DeviceGetCount(out int count)
    {
        count = devices.Length;
        return Faults.Of(nameof(DeviceGetCount)) ?? DriverResult.Success;
    }

    public DriverResult DeviceGet(out int device, int ordinal)
    {
        device = ordinal;
        return ordinal >= 0 && ordinal < devices.Length ? DriverResult.Success : DriverResult.InvalidDevice;
    }

    public DriverResult DeviceGetName(out string name, int device)
    {
        name = "PTX machine";
        return Faults.Of(nameof(DeviceGetName)) ?? DriverResult.Success;
    }

    public DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device)
    {
        value = attribute switch
        {
            DeviceAttribute.MaxThreadsPerBlock => 1024,
            DeviceAttribute.WarpSize => 32,
            DeviceAttribute.MultiprocessorCount => options.IsLarge ? 132 : 2,
            DeviceAttribute.ClockRate => options.IsLarge ? 1_980_000 : 0,
            DeviceAttribute.MemoryClockRate => options.IsLarge ? 2_619_000 : 0,
            DeviceAttribute.MemoryBusWidth => options.IsLarge ? 5120 : 0,
            DeviceAttribute.SingleToDoubleRatio => options.IsLarge ? 2 : 0,
            DeviceAttribute.ComputeCapabilityMajor => options.Capability / 10,
            DeviceAttribute.ComputeCapabilityMinor => options.Capability % 10,
            DeviceAttribute.MaxSharedBytesPerBlock => 163 << 10,
            _ => 0,
        };
        return Faults.Of(nameof(DeviceGetAttribute)) ?? DriverResult.Success;
    }

    public DriverResult DeviceTotalMem(out ulong bytes, int device)
    {
        bytes = (ulong)options.MemoryBytes;
        return Faults.Of(nameof(DeviceTotalMem)) ?? DriverResult.Success;
    }

    public DriverResult DeviceCanAccessPeer(out bool can, int device, int peer)
    {
        can = options.PeerAccess && device != peer;
        return Faults.Of(nameof(DeviceCanAccessPeer)) ?? DriverResult.Success;
    }

    public DriverResult DevicePrimaryCtxRetain(out nint context, int device)
    {
        context = 0;
        if (Faults.Of(nameof(DevicePrimaryCtxRetain)) is { } fault)
        {
            return fault;
        }

        context = devices[device].Context;
        Interlocked.Increment(ref devices[device].Retained);
        return devices[device].Status;
    }

    public DriverResult DevicePrimaryCtxRelease(int device)
    {
        Interlocked.Decrement(ref devices[device].Retained);
        return DriverResult.Success;
    }

    public DriverResult CtxSetCurrent(nint context)
    {
        currentContext = context;
        return DriverResult.Success;
    }

    public DriverResult CtxEnablePeerAccess(nint peer)
    {
        if (Enter(nameof(CtxEnablePeerAccess), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        return !options.PeerAccess ? DriverResult.PeerAccessUnsupported
            : device.Peers.Add(peer) ? DriverResult.Success
            : DriverResult.PeerAccessAlreadyEnabled;
    }

    /// <summary>Ends the streams and frees the machines.</summary>
    public void Dispose()
    {
        Faults.Dispose();
        foreach (var stream in handles.Values.OfType<DoubleStream>())
        {
            stream.Close();
        }

        foreach (var device in devices)
        {
            device.Dispose();
        }

        FreePinned();
    }

    /// <summary>What every call checks first: the context of the calling thread, injected faults, a lost device.</summary>
    private DriverResult Enter(string function, out DoubleDevice device)
    {
        var current = currentContext;
        foreach (var candidate in devices)
        {
            if (candidate.Context == current)
            {
                device = candidate;
                return candidate.IsLost ? candidate.Status : Faults.Of(function) ?? DriverResult.Success;
            }
        }

        device = null!;
        return DriverResult.InvalidContext;
    }

    private static nint NewHandle() => (nint)Interlocked.Add(ref lastHandle, 16);

    private nint Keep(object thing)
    {
        var handle = NewHandle();
        handles[handle] = thing;
        return handle;
    }

    private T? Find<T>(nint handle)
        where T : class => handles.GetValueOrDefault(handle) as T;
}
