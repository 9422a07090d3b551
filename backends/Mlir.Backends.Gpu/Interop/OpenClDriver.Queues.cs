using static Mlir.Backends.Gpu.Interop.OpenClApi;

namespace Mlir.Backends.Gpu.Interop;

internal sealed unsafe partial class OpenClDriver
{
    private const uint EventStatus = 0x11D3;
    private const int Complete = 0;

    public DriverResult StreamCreate(out nint stream, int priority)
    {
        const ulong QueueProperties = 0x1093,
            Profiling = 2;
        stream = 0;
        var context = currentContext;
        var device = devices.First(candidate => candidate.Context == context);
        var properties = stackalloc ulong[] { QueueProperties, Profiling, 0 };
        int result;
        var queue = clCreateCommandQueueWithProperties(context, device.Id, properties, &result);
        if (result == 0)
        {
            stream = Keep(new OpenClQueue(queue, context));
        }

        return OpenClResults.Of(result);
    }

    public DriverResult StreamDestroy(nint stream) =>
        handles.TryRemove(stream, out var queue)
            ? OpenClResults.Of(((OpenClQueue)queue).Release())
            : DriverResult.InvalidHandle;

    public DriverResult StreamSynchronize(nint stream) =>
        Find<OpenClQueue>(stream) is { } queue ? OpenClResults.Of(clFinish(queue.Id)) : DriverResult.InvalidHandle;

    public DriverResult StreamQuery(nint stream) =>
        Find<OpenClQueue>(stream) is { } queue
            ? queue.Ask(static mark => mark == 0 ? DriverResult.Success : StatusOf(mark))
            : DriverResult.InvalidHandle;

    public DriverResult StreamWaitEvent(nint stream, nint @event)
    {
        if (Find<OpenClQueue>(stream) is not { } queue || Find<OpenClEvent>(@event) is not { } target)
        {
            return DriverResult.InvalidHandle;
        }

        lock (target)
        {
            nint mark = target.Mark,
                barrier;
            return mark == 0
                ? DriverResult.Success
                : queue.PutIn(clEnqueueBarrierWithWaitList(queue.Id, 1, &mark, &barrier), barrier);
        }
    }

    public DriverResult EventCreate(out nint @event, bool timing)
    {
        @event = Keep(new OpenClEvent());
        return DriverResult.Success;
    }

    public DriverResult EventRecord(nint @event, nint stream)
    {
        if (Find<OpenClQueue>(stream) is not { } queue || Find<OpenClEvent>(@event) is not { } target)
        {
            return DriverResult.InvalidHandle;
        }

        nint mark;
        var result = clEnqueueMarkerWithWaitList(queue.Id, 0, null, &mark);
        if (result != 0)
        {
            return OpenClResults.Of(result);
        }

        lock (target)
        {
            target.Replace(mark);
        }

        return OpenClResults.Of(clFlush(queue.Id));
    }

    public DriverResult EventQuery(nint @event)
    {
        if (Find<OpenClEvent>(@event) is not { } target)
        {
            return DriverResult.InvalidHandle;
        }

        lock (target)
        {
            return target.Mark == 0 ? DriverResult.Success : StatusOf(target.Mark);
        }
    }

    public DriverResult EventSynchronize(nint @event)
    {
        if (Find<OpenClEvent>(@event) is not { } target)
        {
            return DriverResult.InvalidHandle;
        }

        nint mark;
        lock (target)
        {
            mark = target.Mark;
            if (mark == 0)
            {
                return DriverResult.Success;
            }

            _ = clRetainEvent(mark);
        }

        var result = clWaitForEvents(1, &mark);
        _ = clReleaseEvent(mark);
        return OpenClResults.Of(result);
    }

    public DriverResult EventElapsedTime(out float milliseconds, nint start, nint end)
    {
        milliseconds = 0;
        if (
            Find<OpenClEvent>(start) is not { Mark: not 0 and var first }
            || Find<OpenClEvent>(end) is not { Mark: not 0 and var last }
        )
        {
            return DriverResult.InvalidHandle;
        }

        const uint ProfilingEnd = 0x1283;
        ulong from,
            to;
        var result = clGetEventProfilingInfo(first, ProfilingEnd, sizeof(ulong), &from, null);
        if (result == 0)
        {
            result = clGetEventProfilingInfo(last, ProfilingEnd, sizeof(ulong), &to, null);
            milliseconds = (float)((to - from) / 1e6);
        }

        return result == 0 ? DriverResult.Success : DriverResult.NotReady;
    }

    public DriverResult EventDestroy(nint @event)
    {
        if (!handles.TryRemove(@event, out var target))
        {
            return DriverResult.InvalidHandle;
        }

        lock (target)
        {
            ((OpenClEvent)target).Replace(0);
        }

        return DriverResult.Success;
    }

    public DriverResult LaunchKernel(nint function, in LaunchShape shape, nint stream, void** arguments)
    {
        if (Find<OpenClQueue>(stream) is not { } queue || Find<OpenClKernel>(function) is not { } kernel)
        {
            return DriverResult.InvalidHandle;
        }

        if (shape.SharedBytes > 0)
        {
            return DriverResult.NotSupported; // an OpenCL kernel takes shared memory of open size as an argument
        }

        // The arguments belong to the kernel until it was put in.
        lock (kernel)
        {
            for (var i = 0; i < kernel.Parameters.Length; i++)
            {
                var bytes = GpuLaunch.SizeOf(kernel.Parameters[i]);
                var set =
                    bytes == 0
                        ? clSetKernelArgSVMPointer(kernel.Id, (uint)i, *(void**)arguments[i])
                        : clSetKernelArg(kernel.Id, (uint)i, (nuint)bytes, arguments[i]);
                if (set != 0)
                {
                    return OpenClResults.Of(set);
                }
            }

            var local = stackalloc nuint[] { shape.BlockX, shape.BlockY, shape.BlockZ };
            var global = stackalloc nuint[]
            {
                (nuint)shape.GridX * shape.BlockX,
                (nuint)shape.GridY * shape.BlockY,
                (nuint)shape.GridZ * shape.BlockZ,
            };
            nint mark;
            return queue.PutIn(
                clEnqueueNDRangeKernel(queue.Id, kernel.Id, 3, null, global, local, 0, null, &mark),
                mark
            );
        }
    }

    public DriverResult LaunchHostFunc(nint stream, delegate* unmanaged<nint, void> function, nint data)
    {
        if (Find<OpenClQueue>(stream) is not { } queue)
        {
            return DriverResult.InvalidHandle;
        }

        nint mark;
        var result = clEnqueueMarkerWithWaitList(queue.Id, 0, null, &mark);
        if (result != 0)
        {
            return OpenClResults.Of(result);
        }

        result = OpenClCallbacks.Register(mark, function, data);
        _ = clReleaseEvent(mark);
        return result == 0 ? OpenClResults.Of(clFlush(queue.Id)) : OpenClResults.Of(result);
    }

    public DriverResult StreamBeginCapture(nint stream) => DriverResult.NotSupported;

    public DriverResult StreamEndCapture(nint stream, out nint graph)
    {
        graph = 0;
        return DriverResult.NotSupported;
    }

    public DriverResult GraphInstantiate(out nint executable, nint graph)
    {
        executable = 0;
        return DriverResult.NotSupported;
    }

    public DriverResult GraphLaunch(nint executable, nint stream) => DriverResult.NotSupported;

    public DriverResult GraphExecDestroy(nint executable) => DriverResult.NotSupported;

    public DriverResult GraphDestroy(nint graph) => DriverResult.NotSupported;

    private static DriverResult StatusOf(nint mark)
    {
        int status;
        var result = clGetEventInfo(mark, EventStatus, sizeof(int), &status, null);
        return result != 0 ? OpenClResults.Of(result)
            : status == Complete ? DriverResult.Success
            : status < 0 ? OpenClResults.Of(status)
            : DriverResult.NotReady;
    }
}
