using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Memory;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>The results of a run that stay on the device.</summary>
internal sealed class DeviceResults(PlanRun run, LaunchPlan plan, KernelSignature signature) : IDisposable
{
    private readonly DeviceBuffer?[] buffers = new DeviceBuffer?[plan.Results.Length];

    /// <summary>Memory for a result.</summary>
    public ulong Provide(int result, long bytes)
    {
        buffers[result]?.Dispose();
        return (buffers[result] = new DeviceBuffer(run.Stream.Device, bytes, run.Stream)).Address;
    }

    /// <summary>The results: arrays that are the caller's own from here on, and scalars.</summary>
    public object[] Take()
    {
        var results = new object[buffers.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var result = plan.Results[i];
            var type = signature.Results[i].ElementType;
            if (!result.IsArray)
            {
                results[i] = ProgramArguments.Number(run, result, type);
                continue;
            }

            long[] lengths = [.. result.Slots.Select(slot => run.Slots[slot])];
            if (buffers[i] is not { } own || own.Address != run.Buffers[result.Buffer])
            {
                CopyInto(i, result, lengths);
            }

            results[i] = ProgramArguments.NewDeviceArray(type, buffers[i]!, lengths);
        }

        Array.Clear(buffers);
        return results;
    }

    /// <summary>Gives what was not taken back.</summary>
    public void Dispose()
    {
        foreach (var buffer in buffers)
        {
            buffer?.Dispose();
        }
    }

    /// <summary>A result that is an argument, or another result too, becomes an array of its own.</summary>
    private void CopyInto(int index, PlanResult result, long[] lengths)
    {
        var bytes = lengths.Aggregate((long)result.ElementSize, static (product, length) => checked(product * length));
        var to = Provide(index, bytes);
        if (bytes == 0)
        {
            return;
        }

        var device = run.Stream.Device;
        lock (run.Stream.Gate)
        {
            run.Stream.Enter();
            device.Check(
                device.Driver.MemcpyDtoDAsync(to, run.Buffers[result.Buffer], (ulong)bytes, run.Stream.Handle),
                nameof(IGpuDriver.MemcpyDtoDAsync),
                run.Stream
            );
        }

        device.Counters.CountCopy();
    }
}
