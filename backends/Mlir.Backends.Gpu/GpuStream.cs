using System.Collections.Immutable;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Backends.Gpu;

/// <summary>
/// A queue of work on a device: what is put in is done in order, beside the work of other streams; putting in does not wait. Arrays see to it by
/// themselves that a stream waits for what another one writes. Thread-safe.
/// </summary>
public sealed class GpuStream : IDisposable
{
    private readonly LaunchHistory history = new();
    private bool isDisposed;

    internal GpuStream(GpuDevice device, nint handle)
    {
        Device = device;
        Handle = handle;
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>Whether everything put in so far is done.</summary>
    /// <exception cref="KernelFaultException">A kernel failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public bool IsDone
    {
        get
        {
            lock (Gate)
            {
                Enter();
                var result = Device.Driver.StreamQuery(Handle);
                if (result == DriverResult.NotReady)
                {
                    return false;
                }

                Device.Check(result, nameof(IGpuDriver.StreamQuery), this);
                return true;
            }
        }
    }

    /// <summary>Whether nothing that was put in can still run; false where the driver does not say so.</summary>
    internal bool IsQuiet
    {
        get
        {
            lock (Gate)
            {
                if (isDisposed)
                {
                    return true;
                }

                Enter();
                return Device.Driver.StreamQuery(Handle) == DriverResult.Success;
            }
        }
    }

    /// <summary>The last launches, the latest first, for error messages.</summary>
    public ImmutableArray<GpuLaunchRecord> RecentLaunches => history.Read();

    /// <summary>Held while something is put in, so that captures hold what belongs together.</summary>
    internal Lock Gate { get; } = new();

    internal nint Handle { get; }

    internal bool IsDisposed => Volatile.Read(ref isDisposed);

    /// <summary>Waits until everything put in so far is done.</summary>
    /// <exception cref="KernelFaultException">A kernel failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void Synchronize()
    {
        lock (Gate)
        {
            Enter();
        }

        Device.Check(Device.Driver.StreamSynchronize(Handle), nameof(IGpuDriver.StreamSynchronize), this);
    }

    /// <summary>Completes when everything put in so far is done.</summary>
    /// <param name="cancellation">Stops the waiting; the work goes on.</param>
    /// <returns>Fails with a <see cref="KernelFaultException"/> or a <see cref="DeviceLostException"/> when the work never will be done.</returns>
    public Task WhenDoneAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = Notify(null);
        return cancellation.CanBeCanceled ? task.WaitAsync(cancellation) : task;
    }

    /// <summary>Marks this place in the stream.</summary>
    /// <param name="timing">Whether the mark keeps the time.</param>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuEvent Record(bool timing = false)
    {
        lock (Gate)
        {
            Enter();
            Device.Check(Device.Driver.EventCreate(out var made, timing), nameof(IGpuDriver.EventCreate), this);
            var mark = new GpuEvent(Device, made);
            try
            {
                Device.Check(Device.Driver.EventRecord(made, Handle), nameof(IGpuDriver.EventRecord), this);
                return mark;
            }
            catch
            {
                mark.Dispose();
                throw;
            }
        }
    }

    /// <summary>What is put in from now on waits until another stream has come to a mark.</summary>
    /// <param name="mark">The mark; one of another device is waited for by the calling thread.</param>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void WaitFor(GpuEvent mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        if (mark.Device != Device)
        {
            mark.Synchronize();
            return;
        }

        lock (Gate)
        {
            Enter();
            Device.Check(Device.Driver.StreamWaitEvent(Handle, mark.Handle), nameof(IGpuDriver.StreamWaitEvent), this);
        }
    }

    /// <summary>Waits until everything is done and frees the stream.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (isDisposed)
            {
                return;
            }

            if (!Device.IsLost)
            {
                _ = Device.Driver.CtxSetCurrent(Device.Context);
                _ = Device.Driver.StreamSynchronize(Handle);
            }

            Volatile.Write(ref isDisposed, true);
            Device.Forget(this);
            Device.Pool.Adopt(this);
            _ = Device.Driver.StreamDestroy(Handle);
        }
    }

    /// <summary>What is put in from now on waits for everything that is in another stream of the device by now.</summary>
    internal void WaitFor(GpuStream other)
    {
        if (other == this || other.IsDisposed)
        {
            return; // a stream is disposed when its work is done
        }

        Device.Enter();
        var mark = Device.Events.Rent();
        try
        {
            lock (other.Gate)
            {
                if (other.IsDisposed)
                {
                    return;
                }

                Device.Check(Device.Driver.EventRecord(mark, other.Handle), nameof(IGpuDriver.EventRecord), other);
            }

            lock (Gate)
            {
                Enter();
                Device.Check(Device.Driver.StreamWaitEvent(Handle, mark), nameof(IGpuDriver.StreamWaitEvent), this);
            }
        }
        finally
        {
            Device.Events.Return(mark); // recorded again, it is a new mark: who waits already waits for the old one
        }
    }

    /// <summary>Completes when the stream has come to where it is now.</summary>
    /// <param name="onDone">What to do first, also where it failed; it must not call the driver. Null for nothing.</param>
    internal Task Notify(Action? onDone)
    {
        var completion = new StreamCompletion(this, onDone);
        lock (Gate)
        {
            Enter();
            Device.Completions.Add(completion);
        }

        return completion.Task;
    }

    /// <summary>Puts one launch in; the stream is held and the device entered.</summary>
    internal unsafe void Launch(GpuKernel kernel, in GpuGrid grid, void** arguments, bool isCaptured = false)
    {
        Note(kernel, grid);
        Device.Check(
            Device.Driver.LaunchKernel(kernel.Handle, grid.ToShape(), Handle, arguments),
            nameof(IGpuDriver.LaunchKernel),
            this
        );
        if (isCaptured)
        {
            return;
        }

        Device.Counters.CountLaunch();
        if (Device.IsDebug)
        {
            Device.Check(Device.Driver.StreamSynchronize(Handle), nameof(IGpuDriver.StreamSynchronize), this);
        }
    }

    /// <summary>Writes down what was put in, for error messages.</summary>
    internal void Note(GpuKernel kernel, in GpuGrid grid) => history.Add(kernel, grid);

    /// <summary>Finds out whether the device is still in order, unless the stream is in use right now.</summary>
    internal void Patrol()
    {
        if (!Gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!isDisposed && !Device.IsLost && Device.Driver.CtxSetCurrent(Device.Context) == DriverResult.Success)
            {
                var result = Device.Driver.StreamQuery(Handle);
                if (result.IsSticky)
                {
                    _ = Device.Explain(result, nameof(IGpuDriver.StreamQuery), this);
                }
            }
        }
        finally
        {
            Gate.Exit();
        }
    }

    /// <summary>The stream can be used, and so can the device.</summary>
    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Device.Enter();
    }
}
