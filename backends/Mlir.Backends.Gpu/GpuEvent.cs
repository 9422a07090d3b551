using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

/// <summary>A mark in a stream, which others can wait for.</summary>
public sealed class GpuEvent : IDisposable
{
    private int isDisposed;

    internal GpuEvent(GpuDevice device, nint handle)
    {
        Device = device;
        Handle = handle;
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>Whether the stream has come there.</summary>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public bool IsDone
    {
        get
        {
            Enter();
            var result = Device.Driver.EventQuery(Handle);
            if (result == DriverResult.NotReady)
            {
                return false;
            }

            Device.Check(result, nameof(IGpuDriver.EventQuery));
            return true;
        }
    }

    internal nint Handle { get; }

    /// <summary>Waits until the stream has come there.</summary>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void Synchronize()
    {
        Enter();
        Device.Check(Device.Driver.EventSynchronize(Handle), nameof(IGpuDriver.EventSynchronize));
    }

    /// <summary>The time on the device from another mark to this one; both were recorded with timing and are done.</summary>
    /// <param name="start">The earlier mark.</param>
    /// <exception cref="GpuDriverException">One of them keeps no time, or is not done.</exception>
    public TimeSpan Since(GpuEvent start)
    {
        ArgumentNullException.ThrowIfNull(start);
        Enter();
        Device.Check(
            Device.Driver.EventElapsedTime(out var milliseconds, start.Handle, Handle),
            nameof(IGpuDriver.EventElapsedTime)
        );
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>Frees the mark; who waits for it already still does.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 0)
        {
            _ = Device.Driver.EventDestroy(Handle);
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed != 0, this);
        Device.Enter();
    }
}
