using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Streams;

/// <summary>Events without a clock, which are used again and again.</summary>
internal sealed class EventPool(GpuDevice device) : IDisposable
{
    private readonly ConcurrentBag<nint> free = [];

    /// <summary>An event; the device was entered.</summary>
    public nint Rent()
    {
        if (free.TryTake(out var known))
        {
            return known;
        }

        device.Check(device.Driver.EventCreate(out var made, timing: false), nameof(IGpuDriver.EventCreate));
        return made;
    }

    public void Return(nint @event) => free.Add(@event);

    public void Dispose()
    {
        while (free.TryTake(out var @event))
        {
            _ = device.Driver.EventDestroy(@event);
        }
    }
}
