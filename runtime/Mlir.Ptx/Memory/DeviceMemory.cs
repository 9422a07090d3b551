namespace Mlir.Ptx.Memory;

/// <summary>
/// The machine's global memory: allocations at addresses of the machine's own. An address is given out once only, so that a
/// stale one is recognized; memory that a running launch may still see is released when no launch runs.
/// </summary>
internal sealed unsafe class DeviceMemory(long capacity)
{
    private const ulong First = 0x7000_0000_0000;
    private const ulong Alignment = 4096;

    /// <summary>What lies between two allocations, so that running over an end meets nobody.</summary>
    private const ulong Gap = 4096;

    private const int RememberedFrees = 4096;

    private readonly Lock guard = new();
    private readonly List<Allocation> released = [];
    private readonly Queue<(ulong Address, long Bytes)> freed = [];
    private Allocation[] live = [];
    private ulong next = First;
    private int users;

    public long InUse { get; private set; }

    public long Capacity => capacity;

    /// <summary>The live allocations, by address.</summary>
    public IReadOnlyList<Allocation> Live => live;

    public Allocation Allocate(long bytes, string what, bool isReadOnly = false)
    {
        lock (guard)
        {
            if (bytes > capacity - InUse)
            {
                throw new PtxOutOfMemoryException(bytes, InUse, capacity);
            }

            var allocation = new Allocation(next, bytes, what) { IsReadOnly = isReadOnly };
            next += (((ulong)bytes + Alignment - 1) & ~(Alignment - 1)) + Gap;
            live = [.. live, allocation];
            InUse += bytes;
            return allocation;
        }
    }

    public void Free(ulong address)
    {
        lock (guard)
        {
            var index = IndexOf(live, address);
            if (index < 0 || live[index].Address != address)
            {
                throw new PtxMemoryException(
                    freed.Any(range => range.Address == address)
                        ? $"0x{address:x} has been freed before"
                        : $"0x{address:x} is not the start of an allocation"
                );
            }

            var allocation = live[index];
            live = [.. live.Where(other => other != allocation)];
            InUse -= allocation.Bytes;
            allocation.IsFreed = true;
            freed.Enqueue((address, allocation.Bytes));
            if (freed.Count > RememberedFrees)
            {
                _ = freed.Dequeue();
            }

            released.Add(allocation);
            ReleaseUnused();
        }
    }

    /// <summary>From here on until <see cref="Leave"/>, memory that is freed stays readable.</summary>
    public void Enter()
    {
        lock (guard)
        {
            users++;
        }
    }

    public void Leave()
    {
        lock (guard)
        {
            users--;
            ReleaseUnused();
        }
    }

    /// <summary>The live allocation that an address lies in.</summary>
    public Allocation? Find(ulong address)
    {
        var all = Volatile.Read(ref live);
        var index = IndexOf(all, address);
        return index >= 0 && all[index].Contains(address, 1) ? all[index] : null;
    }

    /// <summary>The bytes of a range that a host's call names.</summary>
    public Span<byte> Range(ulong address, int bytes) => new(Pointer(address, bytes), bytes);

    /// <summary>Copies inside of the memory.</summary>
    public void Move(ulong destination, ulong source, long bytes)
    {
        var to = Pointer(destination, bytes);
        var from = Pointer(source, bytes);
        Buffer.MemoryCopy(from, to, bytes, bytes);
    }

    /// <summary>Repeats a pattern over a range.</summary>
    public void Fill(ulong destination, long bytes, ReadOnlySpan<byte> pattern)
    {
        var to = Pointer(destination, bytes);
        const int Piece = 1 << 20;
        for (long done = 0; done < bytes; )
        {
            // Pieces are multiples of the pattern, so that each begins with its first byte.
            var length = (int)Math.Min(bytes - done, Math.Max(Piece / pattern.Length, 1) * (long)pattern.Length);
            var piece = new Span<byte>(to + done, length);
            if (pattern.Length == 1)
            {
                piece.Fill(pattern[0]);
            }
            else
            {
                for (var i = 0; i < length; i += pattern.Length)
                {
                    pattern[..Math.Min(pattern.Length, length - i)].CopyTo(piece[i..]);
                }
            }

            done += length;
        }
    }

    private byte* Pointer(ulong address, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return Find(address) is { } allocation && allocation.Contains(address, bytes)
                ? allocation.Data + (address - allocation.Address)
            : bytes == 0 ? null
            : throw new PtxMemoryException($"{bytes} bytes at 0x{address:x}: {Describe(address)}");
    }

    /// <summary>What lies at an address that is no live allocation's, for a message.</summary>
    public string Describe(ulong address)
    {
        lock (guard)
        {
            foreach (var (start, bytes) in freed)
            {
                if (address >= start && address - start < (ulong)bytes)
                {
                    return $"byte {address - start} of {bytes} bytes that have been freed";
                }
            }

            var index = IndexOf(live, address);
            if (index < 0)
            {
                return "no memory of this machine";
            }

            var before = live[index];
            return before.Contains(address, 1)
                ? $"it begins at byte {address - before.Address} of {before.What} of {before.Bytes} bytes"
                : $"it begins {address - before.Address - (ulong)before.Bytes} bytes behind {before.What} of {before.Bytes} bytes";
        }
    }

    public bool WasFreed(ulong address)
    {
        lock (guard)
        {
            return freed.Any(range => address >= range.Address && address - range.Address < (ulong)range.Bytes);
        }
    }

    public void ReleaseAll()
    {
        lock (guard)
        {
            foreach (var allocation in live)
            {
                allocation.IsFreed = true;
                released.Add(allocation);
            }

            live = [];
            InUse = 0;
            ReleaseUnused();
        }
    }

    private void ReleaseUnused()
    {
        if (users == 0)
        {
            released.ForEach(allocation => allocation.Release());
            released.Clear();
        }
    }

    /// <summary>The last allocation that begins at or below the address, or -1.</summary>
    private static int IndexOf(Allocation[] all, ulong address)
    {
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = all[middle].Address <= address ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
