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
    private long blockBytes;

    /// <summary>The most that was taken at once, in all runs so far.</summary>
    public long Peak { get; private set; }

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
        ulong address;
        if (arena is not null && layout.Take(bytes) is var place and >= 0)
        {
            address = arena.Address + (ulong)place;
        }
        else
        {
            var block = new DeviceBuffer(stream.Device, bytes, stream);
            address = block.Address;
            blocks.Add(address, block);
            blockBytes += bytes + ArenaLayout.Alignment;
        }

        Peak = Math.Max(Peak, layout.InUse + blockBytes);
        return address;
    }

    /// <summary>Whether memory is a block of the pool, which takes it back at once.</summary>
    public bool IsBlock(ulong address) => blocks.ContainsKey(address);

    /// <summary>Gives a buffer's memory back; what the plan has no right to, such as an argument, stays.</summary>
    public void Give(ulong address)
    {
        if (blocks.Remove(address, out var block))
        {
            blockBytes -= block.Bytes + ArenaLayout.Alignment;
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
        blockBytes = 0;
    }
}
