using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Mlir.Backends.Gpu.Interop;
using Mlir.Ptx;

namespace Mlir.Backends.Gpu.Simulation;

internal sealed unsafe partial class DriverDouble
{
    // The stream that this thread captures, if any.
    [ThreadStatic]
    private static DoubleStream? capturing;

    public DriverResult ModuleLoadData(out nint module, ReadOnlySpan<byte> image, out string log)
    {
        module = 0;
        log = "";
        if (Enter(nameof(ModuleLoadData), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Faults.RejectedCodeLog is { } rejection)
        {
            log = rejection;
            return DriverResult.InvalidPtx;
        }

        try
        {
            var code = PtxModule.Parse(Encoding.UTF8.GetString(image).TrimEnd('\0'));
            if (!Takes(code.Target))
            {
                log = $"{code.Target} is not what this device is";
                return DriverResult.NoBinaryForGpu;
            }

            device.Machine.Load(code);
            module = Keep(new DoubleModule(device, code));
            return DriverResult.Success;
        }
        catch (PtxParseException rejected)
        {
            log = rejected.Message;
            return DriverResult.InvalidPtx;
        }
        catch (PtxOutOfMemoryException)
        {
            return DriverResult.OutOfMemory;
        }
    }

    /// <summary>Code for older processors runs, and for what one of them alone has (<c>sm_90a</c>) on that one.</summary>
    private bool Takes(string target)
    {
        var number = target.AsSpan(target.IndexOf('_') + 1);
        return !int.TryParse(number.TrimEnd('a'), NumberStyles.None, CultureInfo.InvariantCulture, out var needed)
            || (number.EndsWith("a") ? needed == options.Capability : needed <= options.Capability);
    }

    public DriverResult ModuleUnload(nint module)
    {
        if (!handles.TryRemove(module, out var removed))
        {
            return DriverResult.InvalidHandle;
        }

        var unloaded = (DoubleModule)removed;
        foreach (var function in unloaded.Functions)
        {
            handles.TryRemove(function, out _);
        }

        if (!unloaded.Device.IsLost)
        {
            unloaded.Device.Machine.Unload(unloaded.Code);
        }

        return DriverResult.Success;
    }

    public DriverResult ModuleGetFunction(
        out nint function,
        nint module,
        string name,
        ImmutableArray<GpuParameter> parameters
    )
    {
        function = 0;
        if (Enter(nameof(ModuleGetFunction), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleModule>(module) is not { } loaded || loaded.Device != device)
        {
            return DriverResult.InvalidHandle;
        }

        if (!loaded.Code.Kernels.TryGetValue(name, out var kernel))
        {
            return DriverResult.NotFound;
        }

        function = Keep(new DoubleFunction(device, kernel));
        loaded.Functions.Add(function);
        return DriverResult.Success;
    }

    public DriverResult FuncGetAttribute(out int value, FunctionAttribute attribute, nint function)
    {
        value = 0;
        if (Find<DoubleFunction>(function) is not { } found)
        {
            return DriverResult.InvalidHandle;
        }

        value = attribute switch
        {
            FunctionAttribute.MaxThreadsPerBlock => found.Kernel.MaxThreadsPerBlock,
            FunctionAttribute.SharedBytes => found.Kernel.StaticSharedBytes,
            FunctionAttribute.LocalBytes => found.Kernel.LocalBytes,
            FunctionAttribute.Registers => found.Kernel.RegisterCount,
            _ => found.MaxDynamicSharedBytes,
        };
        return DriverResult.Success;
    }

    /// <summary>As many as fit the threads, registers and shared memory that a multiprocessor of an <c>sm_80</c> has.</summary>
    public DriverResult OccupancyMaxActiveBlocks(out int blocks, nint function, int threads, int sharedBytes)
    {
        const int Threads = 2048,
            Blocks = 32,
            Registers = 64 << 10,
            Shared = 164 << 10,
            SharedOfABlock = 1 << 10; // the system's own
        blocks = 0;
        if (Find<DoubleFunction>(function) is not { Kernel: var kernel })
        {
            return DriverResult.InvalidHandle;
        }

        blocks = Math.Min(
            Math.Min(Blocks, Threads / threads),
            Math.Min(
                Registers / Math.Max(1, kernel.RegisterCount * threads),
                Shared / (SharedOfABlock + kernel.StaticSharedBytes + sharedBytes)
            )
        );
        return DriverResult.Success;
    }

    public DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value)
    {
        if (Find<DoubleFunction>(function) is not { } found || attribute != FunctionAttribute.MaxDynamicSharedBytes)
        {
            return DriverResult.InvalidHandle;
        }

        found.MaxDynamicSharedBytes = value;
        return DriverResult.Success;
    }

    public DriverResult LaunchKernel(nint function, in LaunchShape shape, nint stream, void** arguments)
    {
        if (EnterCopy(nameof(LaunchKernel), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleFunction>(function) is not { } found || found.Device != queue.Device)
        {
            return DriverResult.InvalidHandle;
        }

        if (shape.GridX == 0 || shape.GridY == 0 || shape.GridZ == 0 || shape.BlockX == 0)
        {
            return DriverResult.InvalidValue;
        }

        if (
            (ulong)shape.BlockX * shape.BlockY * shape.BlockZ > (ulong)found.Kernel.MaxThreadsPerBlock
            || shape.SharedBytes > (uint)found.MaxDynamicSharedBytes
        )
        {
            return DriverResult.LaunchOutOfResources;
        }

        Interlocked.Increment(ref Launches);
        if (options.Launches == LaunchMode.Run)
        {
            Enqueue(queue, found.Kernel, shape, arguments);
        }

        return DriverResult.Success;
    }

    private static void Enqueue(DoubleStream queue, PtxKernel kernel, LaunchShape shape, void** arguments)
    {
        var parameters = new byte[kernel.ParameterBytes];
        for (var i = 0; i < kernel.Parameters.Count; i++)
        {
            var parameter = kernel.Parameters[i];
            new ReadOnlySpan<byte>(arguments[i], parameter.Bytes).CopyTo(parameters.AsSpan(parameter.Offset));
        }

        queue.Add(
            new StreamWork(() =>
                queue.Device.Machine.Launch(
                    kernel,
                    new PtxSize((int)shape.GridX, (int)shape.GridY, (int)shape.GridZ),
                    new PtxSize((int)shape.BlockX, (int)shape.BlockY, (int)shape.BlockZ),
                    (int)shape.SharedBytes,
                    parameters.AsSpan()
                )
            )
        );
    }

    public DriverResult StreamBeginCapture(nint stream)
    {
        if (EnterCopy(nameof(StreamBeginCapture), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (queue.IsCapturing)
        {
            return DriverResult.StreamCaptureUnsupported;
        }

        queue.BeginCapture();
        capturing = queue;
        return DriverResult.Success;
    }

    public DriverResult StreamEndCapture(nint stream, out nint graph)
    {
        graph = 0;
        capturing = null;
        if (EnterCopy(nameof(StreamEndCapture), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (!queue.IsCapturing)
        {
            return DriverResult.InvalidValue;
        }

        var steps = queue.EndCapture();
        if (queue.IsCaptureSpoilt)
        {
            return DriverResult.StreamCaptureInvalidated;
        }

        graph = Keep(new DoubleGraph(queue.Device, steps, IsExecutable: false));
        return DriverResult.Success;
    }

    public DriverResult GraphInstantiate(out nint executable, nint graph)
    {
        executable = 0;
        if (Enter(nameof(GraphInstantiate), out _) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleGraph>(graph) is not { IsExecutable: false } found)
        {
            return DriverResult.InvalidHandle;
        }

        executable = Keep(found with { IsExecutable = true });
        return DriverResult.Success;
    }

    public DriverResult GraphLaunch(nint executable, nint stream)
    {
        if (EnterCopy(nameof(GraphLaunch), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (Find<DoubleGraph>(executable) is not { IsExecutable: true } found || found.Device != queue.Device)
        {
            return DriverResult.InvalidHandle;
        }

        Interlocked.Increment(ref GraphLaunches);
        foreach (var step in found.Steps)
        {
            queue.Add(step);
        }

        return DriverResult.Success;
    }

    public DriverResult GraphExecDestroy(nint executable) => GraphDestroy(executable);

    public DriverResult GraphDestroy(nint graph) =>
        handles.TryRemove(graph, out _) ? DriverResult.Success : DriverResult.InvalidHandle;
}
