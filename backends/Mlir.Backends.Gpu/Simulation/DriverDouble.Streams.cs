using System.Diagnostics;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Simulation;

internal sealed unsafe partial class DriverDouble
{
    public DriverResult StreamCreate(out nint stream, int priority)
    {
        stream = 0;
        if (Enter(nameof(StreamCreate), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        stream = Keep(new DoubleStream(device));
        return DriverResult.Success;
    }

    public DriverResult StreamDestroy(nint stream)
    {
        if (!handles.TryRemove(stream, out var removed))
        {
            return DriverResult.InvalidHandle;
        }

        ((DoubleStream)removed).Close();
        return DriverResult.Success;
    }

    public DriverResult StreamSynchronize(nint stream)
    {
        if (EnterCopy(nameof(StreamSynchronize), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Spoils(queue))
        {
            return DriverResult.StreamCaptureUnsupported;
        }

        queue.WaitUntilIdle();
        return queue.Device.Status;
    }

    public DriverResult StreamQuery(nint stream)
    {
        if (EnterCopy(nameof(StreamQuery), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Spoils(queue))
        {
            return DriverResult.StreamCaptureUnsupported;
        }

        return queue.Device.IsLost ? queue.Device.Status
            : queue.IsIdle ? queue.Device.Status
            : DriverResult.NotReady;
    }

    public DriverResult StreamWaitEvent(nint stream, nint @event)
    {
        if (EnterCopy(nameof(StreamWaitEvent), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleEvent>(@event) is not { } target)
        {
            return DriverResult.InvalidHandle;
        }

        // A capture may wait only for what it captured itself.
        if (queue.IsCapturing != target.IsCaptured && target.Place is not null)
        {
            _ = Spoils(queue);
            return DriverResult.StreamCaptureUnsupported;
        }

        if (target.Place is { } place)
        {
            queue.Add(new StreamWork(place.Wait, always: true));
        }

        return DriverResult.Success;
    }

    public DriverResult EventCreate(out nint @event, bool timing)
    {
        @event = 0;
        if (Enter(nameof(EventCreate), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        @event = Keep(new DoubleEvent(device, timing));
        return DriverResult.Success;
    }

    public DriverResult EventRecord(nint @event, nint stream)
    {
        if (EnterCopy(nameof(EventRecord), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleEvent>(@event) is not { } target || target.Device != queue.Device)
        {
            return DriverResult.InvalidHandle;
        }

        var place = new Completion();
        target.Place = place;
        target.IsCaptured = queue.IsCapturing;
        queue.Add(new StreamWork(place.Signal, always: true));
        return DriverResult.Success;
    }

    public DriverResult EventQuery(nint @event)
    {
        if (EnterEvent(nameof(EventQuery), @event, out var target) is var result and not DriverResult.Success)
        {
            return result;
        }

        return target.Place is { IsDone: false } ? DriverResult.NotReady : target.Device.Status;
    }

    public DriverResult EventSynchronize(nint @event)
    {
        if (EnterEvent(nameof(EventSynchronize), @event, out var target) is var result and not DriverResult.Success)
        {
            return result;
        }

        target.Place?.Wait();
        return target.Device.Status;
    }

    public DriverResult EventElapsedTime(out float milliseconds, nint start, nint end)
    {
        milliseconds = 0;
        if (
            Find<DoubleEvent>(start) is not { Timing: true, Place: { } first }
            || Find<DoubleEvent>(end) is not { Timing: true, Place: { } last }
        )
        {
            return DriverResult.InvalidHandle;
        }

        if (!first.IsDone || !last.IsDone)
        {
            return DriverResult.NotReady;
        }

        milliseconds = (float)Stopwatch.GetElapsedTime(first.Time, last.Time).TotalMilliseconds;
        return DriverResult.Success;
    }

    public DriverResult EventDestroy(nint @event) =>
        handles.TryRemove(@event, out _) ? DriverResult.Success : DriverResult.InvalidHandle;

    public DriverResult LaunchHostFunc(nint stream, delegate* unmanaged<nint, void> function, nint data)
    {
        if (EnterCopy(nameof(LaunchHostFunc), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        queue.Add(
            new StreamWork(() =>
            {
                currentContext = 0; // so that a driver call inside is an error
                function(data);
            })
        );
        return DriverResult.Success;
    }

    private DriverResult EnterEvent(string function, nint handle, out DoubleEvent target)
    {
        target = null!;
        if (Enter(function, out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        target = Find<DoubleEvent>(handle)!;
        return target is null || target.Device != device ? DriverResult.InvalidHandle
            : target.IsCaptured ? DriverResult.StreamCaptureUnsupported
            : DriverResult.Success;
    }

    /// <summary>Marks the capture in a stream as spoilt by a call that may not happen during one.</summary>
    private static bool Spoils(DoubleStream stream)
    {
        if (!stream.IsCapturing)
        {
            return false;
        }

        stream.IsCaptureSpoilt = true;
        return true;
    }

    /// <summary>Memory is not allocated by a thread that captures.</summary>
    private bool SpoilsCapture(DoubleDevice device) =>
        capturing is { IsCapturing: true } stream && stream.Device == device && Spoils(stream);
}
