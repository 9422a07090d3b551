using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

/// <summary>A kernel on a device, ready to be launched.</summary>
public sealed class GpuKernel
{
    // What a block may share without a kernel's asking for more.
    private const int UsualSharedBytes = 48 << 10;

    private readonly Lock gate = new();
    private volatile int allowedSharedBytes = UsualSharedBytes;

    internal GpuKernel(GpuDevice device, GpuKernelInfo info, nint handle)
    {
        Device = device;
        Info = info;
        Handle = handle;
        Operation = info.Source;
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>What is known about it.</summary>
    public GpuKernelInfo Info { get; }

    /// <summary>Its name.</summary>
    public string Name => Info.Name;

    /// <summary>The registers that a thread takes.</summary>
    public int Registers => Ask(FunctionAttribute.Registers);

    /// <summary>The bytes of a thread that found no register and lie in memory; they cost time.</summary>
    public int SpilledBytes => Ask(FunctionAttribute.LocalBytes);

    /// <summary>The bytes that a block's threads share, as the kernel declares them.</summary>
    public int SharedBytes => Ask(FunctionAttribute.SharedBytes);

    /// <summary>The most threads that a block may have.</summary>
    public int MaxThreads => Ask(FunctionAttribute.MaxThreadsPerBlock);

    /// <summary>How many blocks of a launch a multiprocessor holds at once, as registers and shared memory allow; 0 where the driver does not say.</summary>
    /// <param name="grid">The launch; the number of its blocks does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a block has no thread.</exception>
    public int ActiveBlocks(GpuGrid grid)
    {
        grid.Check();
        AllowShared(grid.SharedBytes);
        Device.Enter();
        Device.Check(
            Device.Driver.OccupancyMaxActiveBlocks(
                out var blocks,
                Handle,
                grid.Threads * grid.ThreadsY * grid.ThreadsZ,
                grid.SharedBytes
            ),
            nameof(IGpuDriver.OccupancyMaxActiveBlocks)
        );
        return blocks;
    }

    internal nint Handle { get; }

    internal string Operation { get; }

    /// <summary>Prepares launches of one size, whose arguments are set once and may be changed between launches.</summary>
    /// <param name="grid">How many threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a block has no thread.</exception>
    public GpuLaunch Prepare(GpuGrid grid)
    {
        grid.Check();
        AllowShared(grid.SharedBytes);
        return new GpuLaunch(this, grid);
    }

    /// <summary>Lets launches ask for this much shared memory.</summary>
    internal void AllowShared(int bytes)
    {
        if (bytes <= allowedSharedBytes)
        {
            return;
        }

        lock (gate)
        {
            Device.Enter();
            Device.Check(
                Device.Driver.FuncSetAttribute(Handle, FunctionAttribute.MaxDynamicSharedBytes, bytes),
                nameof(IGpuDriver.FuncSetAttribute)
            );
            allowedSharedBytes = bytes;
        }
    }

    private int Ask(FunctionAttribute attribute)
    {
        Device.Enter();
        Device.Check(
            Device.Driver.FuncGetAttribute(out var value, attribute, Handle),
            nameof(IGpuDriver.FuncGetAttribute)
        );
        return value;
    }
}
