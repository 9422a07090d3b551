using Mlir.Backends.Gpu.Memory;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>
/// The memory of the runs of one plan in one stream: an arena that stays from run to run, so that addresses repeat where sizes do, and blocks of
/// the pool for what does not fit into it.
/// </summary>
internal sealed class RunMemory(GpuStream stream) : IDisposable
{
    private readonly ArenaLayout layout = new();
    private readonly Dictionary<ulong, DeviceBuffer> blocks = [];
    private DeviceBuffer? arena;

    /// <summary>Starts a run that needs an arena of a size.</summary>
    /// <param name="bytes">The size; 0 for none.</param>
    public void Begin(long bytes)
    {
        GiveBlocks();
        if (bytes > (arena?.Bytes ?? 0))
        {
            arena?.Dispose();
            arena = null;
            arena = new DeviceBuffer(stream.Device, bytes, stream);
        }

        layout.Reset(bytes == 0 ? 0 : arena!.Bytes);
    }

    /// <summary>Memory for a buffer.</summary>
    public ulong Take(long bytes)
    {
        if (arena is not null && layout.Take(bytes) is var place and >= 0)
        {
            return arena.Address + (ulong)place;
        }

        var block = new DeviceBuffer(stream.Device, bytes, stream);
        blocks.Add(block.Address, block);
        return block.Address;
    }

    /// <summary>Gives a buffer's memory back; what the plan has no right to, such as an argument, stays.</summary>
    public void Give(ulong address)
    {
        if (blocks.Remove(address, out var block))
        {
            block.Dispose();
        }
        else if (arena is not null && address >= arena.Address && address - arena.Address < (ulong)arena.Bytes)
        {
            layout.Give((long)(address - arena.Address));
        }
    }

    public void Dispose()
    {
        GiveBlocks();
        arena?.Dispose();
    }

    private void GiveBlocks()
    {
        foreach (var (_, block) in blocks.Reverse())
        {
            block.Dispose(); // the last one first: the next run finds them in the order of this one
        }

        blocks.Clear();
    }
}
