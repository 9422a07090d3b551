using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Code;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Memory;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Backends.Gpu;

/// <summary>
/// A device that was opened: its memory, its streams and the code loaded onto it. Thread-safe. What lives on it, <see cref="Dispose"/> frees;
/// arrays are disposed by those who made them.
/// </summary>
public sealed partial class GpuDevice : IDisposable
{
    /// <summary>The environment variable that, set to 1, makes every launch be waited for, so that an error names the kernel that failed.</summary>
    public const string DebugVariable = "MLIR_GPU_DEBUG";

    private readonly Lock gate = new();
    private readonly int handle;
    private readonly IDisposable? ownDriver;
    private readonly ConcurrentDictionary<GpuStream, byte> streams = new();
    private readonly Lazy<GpuStream> defaultStream,
        captureStream;
    private bool isDisposed;

    internal GpuDevice(IGpuDriver driver, int ordinal, GpuDeviceOptions? options = null, IDisposable? ownDriver = null)
    {
        Driver = driver;
        Options = options ?? GpuDeviceOptions.Default;
        IsDebug = Options.Debug ?? Environment.GetEnvironmentVariable(DebugVariable) == "1";
        this.ownDriver = ownDriver;
        Info = GpuDeviceInfo.Read(driver, ordinal);
        if (Info.Reason is { } reason)
        {
            throw new DeviceUnavailableException(Info.Id, reason);
        }

        var result = driver.DeviceGet(out handle, ordinal);
        if (result == DriverResult.Success)
        {
            result = driver.DevicePrimaryCtxRetain(out var context, handle);
            Context = context;
        }

        if (result != DriverResult.Success)
        {
            throw new DeviceUnavailableException(Info.Id, $"its context cannot be made ({driver.NameOf(result)})");
        }

        Completions = new CompletionTable(this);
        Events = new EventPool(this);
        Pool = new DevicePool(this, Math.Min(Options.MemoryLimit ?? long.MaxValue, Info.MemoryBytes));
        Staging = new StagingRing(this);
        Code = new ModuleCache(this);
        // A failure is not kept: the next one who needs the stream asks again.
        defaultStream = new Lazy<GpuStream>(CreateStream, LazyThreadSafetyMode.PublicationOnly);
        captureStream = new Lazy<GpuStream>(CreateStream, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What the device is.</summary>
    public GpuDeviceInfo Info { get; }

    /// <summary>The name by which it is chosen, for example <c>cuda:0</c>.</summary>
    public string Id => Info.Id;

    /// <summary>The form in which it takes code.</summary>
    public GpuCodeFormat CodeFormat => Driver.CodeFormat;

    /// <summary>Whether every launch is waited for.</summary>
    public bool IsDebug { get; }

    /// <summary>Whether a fault has taken the device: every call throws <see cref="DeviceLostException"/>.</summary>
    public bool IsLost => LostReason is not null;

    /// <summary>The stream that is used where none is named.</summary>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuStream DefaultStream => defaultStream.Value;

    /// <summary>What was done on the device.</summary>
    public GpuStatistics Statistics =>
        new(
            Counters.Launches,
            Counters.GraphLaunches,
            Counters.GraphCaptures,
            Counters.BytesToDevice,
            Counters.BytesToHost,
            Counters.BytesBetweenDevices,
            Counters.Copies,
            Code.Loaded,
            Pool.Statistics
        );

    internal IGpuDriver Driver { get; }

    internal GpuDeviceOptions Options { get; }

    internal nint Context { get; }

    internal int Handle => handle;

    internal CompletionTable Completions { get; }

    internal EventPool Events { get; }

    internal DevicePool Pool { get; }

    internal StagingRing Staging { get; }

    internal ModuleCache Code { get; }

    /// <summary>The stream in which graphs are captured, and nothing is run.</summary>
    internal GpuStream CaptureStream => captureStream.Value;

    internal DeviceCounters Counters { get; } = new();

    /// <summary>Makes a stream: work in it runs in order, and beside that of other streams.</summary>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuStream CreateStream()
    {
        Enter();
        Check(Driver.StreamCreate(out var stream, 0), nameof(IGpuDriver.StreamCreate));
        var made = new GpuStream(this, stream);
        streams[made] = 0;
        return made;
    }

    /// <summary>Loads code; the same code is compiled once.</summary>
    /// <param name="code">The code.</param>
    /// <exception cref="KernelCompileException">The driver does not take it.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuModule Load(GpuCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Code.Load(code);
    }

    /// <summary>Makes an array whose elements are yet to be written.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="lengths">Its size along each axis.</param>
    /// <exception cref="DeviceOutOfMemoryException">The device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuArray<T> Allocate<T>(params ReadOnlySpan<long> lengths)
        where T : unmanaged => new(this, lengths, DefaultStream);

    /// <summary>Makes an array of one axis with these elements.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="elements">The elements; they were read when the call returns.</param>
    /// <exception cref="DeviceOutOfMemoryException">The device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuArray<T> Upload<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var array = Allocate<T>(elements.Length);
        try
        {
            array.CopyFrom(elements);
            return array;
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    /// <summary>Waits until everything on every stream of the device is done.</summary>
    /// <exception cref="KernelFaultException">A kernel failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void Synchronize()
    {
        foreach (var (stream, _) in streams)
        {
            stream.Synchronize();
        }
    }

    /// <summary>Gives memory that is cached and not in use back to the device.</summary>
    public void TrimMemory()
    {
        if (!IsLost)
        {
            Pool.Trim();
        }
    }

    /// <summary>Waits until the device is done and frees everything on it. Arrays that were not disposed are gone.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        foreach (var (stream, _) in streams)
        {
            stream.Dispose();
        }

        _ = Driver.CtxSetCurrent(Context);
        Code.Dispose();
        Staging.Dispose();
        Pool.Dispose();
        Events.Dispose();
        Completions.Dispose();
        _ = Driver.DevicePrimaryCtxRelease(handle);
        ownDriver?.Dispose();
    }

    /// <summary>For example <c>cuda:0 (NVIDIA H100 80GB HBM3)</c>.</summary>
    public override string ToString() => $"{Id} ({Info.Name})";

    /// <summary>Comes first on every way into the driver: contexts belong to threads.</summary>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    /// <exception cref="ObjectDisposedException">The device was disposed.</exception>
    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (LostReason is { } reason)
        {
            throw new DeviceLostException(Id, reason);
        }

        Check(Driver.CtxSetCurrent(Context), nameof(IGpuDriver.CtxSetCurrent));
    }

    internal void Forget(GpuStream stream) => streams.TryRemove(stream, out _);

    /// <summary>A stream whose work an array may be tied to when its own is gone.</summary>
    internal GpuStream LiveOr(GpuStream stream) => stream.IsDisposed ? DefaultStream : stream;
}
