using System.Numerics;
using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>
/// Memory for a kernel's temporaries: aligned to 64 bytes or more, kept for the next call when freed, so that a kernel
/// that runs again finds its pages mapped already.
/// </summary>
internal static unsafe class ScratchMemory
{
    /// <summary>The least alignment, a cache line.</summary>
    public const int Alignment = 64;

    /// <summary>Memory kept for reuse never exceeds this; what is freed beyond it goes back to the system.</summary>
    public const long KeepAtMost = 256L << 20;

    // The block's header lies in the 64 bytes before the memory that is handed out.
    private struct Header
    {
        public void* Start;
        public long Capacity;
        public int SizeClass; // -1: not kept
    }

    private static readonly Stack<nint>[] kept = [.. Enumerable.Range(0, 256).Select(static _ => new Stack<nint>())];
    private static readonly Lock gate = new();
    private static long keptBytes;
    private static long requestedBytes;

    /// <summary>The bytes that were asked for since the process began, freed ones included.</summary>
    public static long RequestedBytes => Interlocked.Read(ref requestedBytes);

    /// <summary>The bytes that wait for reuse.</summary>
    public static long KeptBytes => Interlocked.Read(ref keptBytes);

    /// <summary>Allocates; the contents are arbitrary.</summary>
    /// <param name="bytes">The size; 0 gives a valid pointer.</param>
    /// <param name="alignment">A power of two; less than 64 counts as 64.</param>
    /// <exception cref="OutOfMemoryException">There is none, or the size is out of range.</exception>
    public static void* Allocate(long bytes, long alignment)
    {
        if (bytes < 0 || bytes > long.MaxValue / 4 || alignment > 1 << 30 || (alignment & (alignment - 1)) != 0)
        {
            throw new OutOfMemoryException($"No block of {bytes} bytes aligned to {alignment}.");
        }

        Interlocked.Add(ref requestedBytes, bytes);
        var size = Math.Max(bytes, Alignment);
        if (alignment > Alignment)
        {
            return New(size, (int)alignment, -1);
        }

        // Four classes for each power of two: every block of a class has one capacity, at most a quarter of it unused.
        var log = BitOperations.Log2((ulong)(size - 1));
        var step = 1L << (log - 2);
        var quarters = (size + step - 1) / step; // 5 … 8
        var sizeClass = (log * 4) + (int)quarters - 5;
        var capacity = quarters * step;
        lock (gate)
        {
            if (kept[sizeClass].TryPop(out var block))
            {
                keptBytes -= capacity;
                return (byte*)block + Alignment;
            }
        }

        return New(capacity, Alignment, sizeClass);
    }

    /// <summary>The bytes that a block takes, at least as many as were asked for.</summary>
    /// <param name="memory">What <see cref="Allocate"/> returned.</param>
    public static long CapacityOf(void* memory) => ((Header*)((byte*)memory - Alignment))->Capacity;

    /// <summary>Gives a block back.</summary>
    /// <param name="memory">What <see cref="Allocate"/> returned, once; or null.</param>
    public static void Free(void* memory)
    {
        if (memory is null)
        {
            return;
        }

        var header = (Header*)((byte*)memory - Alignment);
        if (header->SizeClass >= 0)
        {
            lock (gate)
            {
                if (keptBytes + header->Capacity <= KeepAtMost)
                {
                    kept[header->SizeClass].Push((nint)header);
                    keptBytes += header->Capacity;
                    return;
                }
            }
        }

        NativeMemory.AlignedFree(header->Start);
    }

    /// <summary>Returns every kept block to the system.</summary>
    public static void Trim()
    {
        lock (gate)
        {
            foreach (var stack in kept)
            {
                while (stack.TryPop(out var block))
                {
                    NativeMemory.AlignedFree(((Header*)block)->Start);
                }
            }

            keptBytes = 0;
        }
    }

    private static void* New(long capacity, int alignment, int sizeClass)
    {
        // The header takes a whole unit of alignment, so that what follows it is aligned as the block is.
        var start = (byte*)NativeMemory.AlignedAlloc(checked((nuint)(capacity + alignment)), (nuint)alignment);
        LargePages.Advise(start, capacity + alignment);
        var memory = start + alignment;
        *(Header*)(memory - Alignment) = new Header
        {
            Start = start,
            Capacity = capacity,
            SizeClass = sizeClass,
        };
        return memory;
    }
}
