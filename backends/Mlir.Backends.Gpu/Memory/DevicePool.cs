using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>
/// The memory of a device: taken from the driver in large pieces, handed out in blocks, kept when they are freed. A block that was freed in a
/// stream is reused there at once, since the stream does one thing after the other; another stream that takes it first waits for that stream.
/// Thread-safe.
/// </summary>
/// <remarks>No stream is held or waited for under the pool's lock.</remarks>
internal sealed class DevicePool(GpuDevice device, long limit) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<GpuStream, FreeBlocks> freed = [];
    private readonly FreeBlocks settled = new(); // of streams that are gone: nobody need wait
    private readonly List<Slab> slabs = [];
    private long live,
        peak,
        reserved;
    private int blocks,
        trims;

    public GpuMemoryStatistics Statistics
    {
        get
        {
            lock (gate)
            {
                return new GpuMemoryStatistics(live, blocks, peak, reserved, limit, trims);
            }
        }
    }

    /// <summary>A block for use in a stream.</summary>
    /// <exception cref="DeviceOutOfMemoryException">There is none, also after everything cached was given back.</exception>
    public DeviceBlock Take(long bytes, GpuStream stream)
    {
        device.Enter();
        if (bytes > limit)
        {
            throw new DeviceOutOfMemoryException(device.Id, bytes, Statistics); // before anything is given back for it
        }

        var size = SizeClasses.RoundUp(bytes);
        DeviceBlock? block;
        GpuStream? other;
        lock (gate)
        {
            block = Find(size, stream, out other) ?? Reserve(size) ?? Retry(size);
            if (block is null)
            {
                throw new DeviceOutOfMemoryException(
                    device.Id,
                    bytes,
                    new GpuMemoryStatistics(live, blocks, peak, reserved, limit, trims)
                );
            }

            live += block.Bytes;
            peak = Math.Max(peak, live);
            blocks++;
            if (block.Slab is { } slab)
            {
                slab.Live++;
            }
        }

        if (other is not null)
        {
            try
            {
                stream.WaitFor(other);
            }
            catch
            {
                Return(block, other);
                throw;
            }
        }

        return block;
    }

    /// <summary>Takes a block back that a stream has used last.</summary>
    public void Return(DeviceBlock block, GpuStream stream)
    {
        lock (gate)
        {
            live -= block.Bytes;
            blocks--;
            if (block.Slab is { } slab)
            {
                slab.Live--;
            }

            if (stream.IsDisposed)
            {
                settled.Add(block);
                return;
            }

            if (!freed.TryGetValue(stream, out var own))
            {
                freed.Add(stream, own = new FreeBlocks());
            }

            own.Add(block);
        }
    }

    /// <summary>Takes over what was freed in a stream whose work is done for ever.</summary>
    public void Adopt(GpuStream stream)
    {
        lock (gate)
        {
            if (freed.Remove(stream, out var own))
            {
                foreach (var block in own.All)
                {
                    settled.Add(block);
                }
            }
        }
    }

    /// <summary>Gives what is cached back to the device, as far as it is not in one piece with what is in use.</summary>
    public void Trim()
    {
        device.Enter();
        lock (gate)
        {
            GiveBack();
        }
    }

    /// <summary>Frees everything, whether in use or not; the device was entered.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var address in owned)
            {
                _ = device.Driver.MemFree(address);
            }

            owned.Clear();
        }
    }

    // Every piece that was taken from the driver.
    private readonly HashSet<ulong> owned = [];

    private DeviceBlock? Find(long size, GpuStream stream, out GpuStream? other)
    {
        other = null;
        if (freed.TryGetValue(stream, out var own) && own.Take(size) is { } block)
        {
            return block;
        }

        if (settled.Take(size) is { } free)
        {
            return free;
        }

        if (size <= SizeClasses.LargestSmall)
        {
            foreach (var slab in slabs)
            {
                if (slab.BlockBytes == size && slab.Cut() is { } cut)
                {
                    return cut;
                }
            }
        }

        foreach (var (stranger, strange) in freed)
        {
            if (stranger != stream && strange.Take(size) is { } taken)
            {
                other = stranger;
                return taken;
            }
        }

        return null;
    }

    /// <summary>Takes memory from the device; null when it has none.</summary>
    private DeviceBlock? Reserve(long size)
    {
        var bytes = Math.Max(size, Slab.Bytes);
        if (reserved + bytes > limit)
        {
            return null;
        }

        var result = device.Driver.MemAlloc(out var address, (ulong)bytes);
        if (result == DriverResult.OutOfMemory)
        {
            return null;
        }

        device.Check(result, nameof(IGpuDriver.MemAlloc));
        owned.Add(address);
        reserved += bytes;
        if (size > SizeClasses.LargestSmall)
        {
            return new DeviceBlock(address, size, null);
        }

        var slab = new Slab(address, size);
        slabs.Add(slab);
        return slab.Cut();
    }

    private DeviceBlock? Retry(long size)
    {
        GiveBack();
        return Reserve(size);
    }

    private void GiveBack()
    {
        trims++;
        foreach (var free in freed.Values.Append(settled))
        {
            free.Remove(block =>
            {
                if (block.Slab is { } slab)
                {
                    return slab.Live == 0;
                }

                Free(block.Address, block.Bytes);
                return true;
            });
        }

        slabs.RemoveAll(slab =>
        {
            if (slab.Live > 0)
            {
                return false;
            }

            Free(slab.Address, Slab.Bytes);
            return true;
        });
    }

    /// <summary>The driver waits for whatever still uses the memory.</summary>
    private void Free(ulong address, long bytes)
    {
        device.Check(device.Driver.MemFree(address), nameof(IGpuDriver.MemFree));
        owned.Remove(address);
        reserved -= bytes;
    }
}
