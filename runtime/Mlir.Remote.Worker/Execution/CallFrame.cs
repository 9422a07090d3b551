using System.Runtime.InteropServices;
using Mlir.Remote.Worker.Interop;
using Mlir.Remote.Worker.Ipc;
using Mlir.Runtime;
using Mlir.Runtime.Interop;

namespace Mlir.Remote.Worker.Execution;

/// <summary>
/// What a running call has: its arguments where they lie, memory for its results, and how much more it may allocate. There is one, used
/// for call after call by the thread that runs them; a kernel's helper threads come in through <see cref="KernelServices"/>.
/// </summary>
internal sealed unsafe class CallFrame(SegmentTable segments)
{
    private const int Alignment = 64;
    private const int ArenaBytes = 4 * WorkerLimits.MaxInlineBytes;

    private readonly List<(long Id, SharedFile File)> recycled = [];
    private readonly KernelFrame* kernelFrame = NewFrame();
    private ArrayArgument[] arrays = new ArrayArgument[4];
    private readonly List<ArrayResult> allocations = [];
    private readonly HashSet<long> taken = [];
    private readonly List<nint> overflow = [];
    private ArrayResult[] results = new ArrayResult[4];
    private long[] sizes = new long[16];
    private long* slots;
    private int slotCapacity;
    private byte* arena;
    private int arenaUsed;
    private int sizeCount;
    private long usedBytes;
    private long maxBytes;

    /// <summary>The frame of the kernel ABI.</summary>
    public KernelFrame* Kernel => kernelFrame;

    /// <summary>The function that is called.</summary>
    public UnitFunction Function { get; private set; } = null!;

    /// <summary>The number of array arguments so far.</summary>
    public int ArrayCount { get; private set; }

    /// <summary>Why memory was refused, if it was.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>The scalar arguments of the row at hand: eight bytes each.</summary>
    public long* Scalars { get; set; }

    /// <summary>Where the row's scalar results go: eight bytes each.</summary>
    public long* ScalarResults { get; set; }

    /// <summary>Begins a frame of calls: from here on no segment is given out twice.</summary>
    public void BeginRequest() => taken.Clear();

    /// <summary>Begins a call.</summary>
    public void Begin(UnitFunction function, long limit)
    {
        Function = function;
        ArrayCount = sizeCount = 0;
        recycled.Clear();
        allocations.Clear();
        arenaUsed = 0;
        foreach (var block in overflow)
        {
            NativeMemory.AlignedFree((void*)block);
        }

        overflow.Clear();
        usedBytes = 0;
        maxBytes = limit;
        Refusal = null;
        if (function.Results.Length > results.Length)
        {
            results = new ArrayResult[function.Results.Length];
        }

        Array.Clear(results);
    }

    /// <summary>Adds an array argument.</summary>
    public void Add(byte* pointer, long bytes, ReadOnlySpan<byte> shape)
    {
        if (ArrayCount == arrays.Length)
        {
            Array.Resize(ref arrays, ArrayCount * 2);
        }

        var rank = shape.Length / sizeof(long);
        shape.CopyTo(MemoryMarshal.AsBytes(NewSizes(rank, out var first)));
        arrays[ArrayCount++] = new ArrayArgument
        {
            Pointer = pointer,
            Bytes = bytes,
            FirstSize = first,
            Rank = rank,
        };
    }

    /// <summary>Offers a segment for a result.</summary>
    public void Offer(long id, SharedFile file)
    {
        if (!taken.Contains(id))
        {
            recycled.Add((id, file));
        }
    }

    /// <summary>An array argument.</summary>
    public ref readonly ArrayArgument Argument(int index) => ref arrays[index];

    /// <summary>An array argument's sizes.</summary>
    public ReadOnlySpan<long> Shape(in ArrayArgument array) => sizes.AsSpan(array.FirstSize, array.Rank);

    /// <summary>A result's memory.</summary>
    public ref readonly ArrayResult Result(int index) => ref results[index];

    /// <summary>A result's sizes.</summary>
    public ReadOnlySpan<long> ResultShape(int index) =>
        sizes.AsSpan(results[index].FirstSize, Function.Results[index].Shape!.Value.Length);

    /// <summary>Room for the slots of a packed call.</summary>
    public long* Slots(int count)
    {
        if (count > slotCapacity)
        {
            slotCapacity = Math.Max(64, count * 2);
            slots = (long*)NativeMemory.Realloc(slots, (nuint)slotCapacity * sizeof(long));
        }

        return slots;
    }

    /// <summary>Sets where a result lies and its sizes, as the function reports them.</summary>
    /// <exception cref="InvalidOperationException">The function got no such memory.</exception>
    public void SetResult(int index, byte* pointer, ReadOnlySpan<long> shape)
    {
        var bytes = Function.Results[index].BytesOf(shape);
        var found = default(ArrayResult);
        if (bytes != 0)
        {
            // By address: a function that calls itself got memory for the results of each call.
            foreach (var allocation in allocations)
            {
                if (allocation.Pointer == pointer)
                {
                    found = allocation;
                }
            }

            if (bytes < 0 || found.Pointer is null || bytes > found.Capacity)
            {
                throw new InvalidOperationException($"Result #{index} does not have the size that the function says.");
            }
        }

        found.Bytes = bytes;
        shape.CopyTo(NewSizes(shape.Length, out found.FirstSize));
        results[index] = found;
    }

    /// <summary>Memory for a result: a small one is sent, a large one lies in a segment that is free, or else in a new file.</summary>
    /// <param name="index">The result.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="elementSize">The size of one, as the caller believes it to be.</param>
    public byte* AllocateResult(int index, long count, long elementSize)
    {
        if ((uint)index >= (uint)Function.Results.Length || Function.Results[index].Element.Size != elementSize)
        {
            throw new InvalidOperationException($"There is no result #{index} of elements of {elementSize} bytes.");
        }

        if (count < 0 || count > long.MaxValue / 16)
        {
            throw new MemoryLimitException($"A result would have {(ulong)count} elements.");
        }

        var bytes = count * elementSize;
        Charge(bytes);
        var result = new ArrayResult { Capacity = bytes };
        if (bytes <= WorkerLimits.MaxInlineBytes)
        {
            result.Pointer = FromArena((int)bytes);
        }
        else if (FindRecycled(bytes) is var best and >= 0)
        {
            (result.Segment, var file) = recycled[best];
            recycled.RemoveAt(best);
            taken.Add(result.Segment);
            result.Pointer = file.Pointer;
        }
        else
        {
            result.File = segments.CreateResult(bytes);
            result.Pointer = result.File.Pointer;
        }

        allocations.Add(result);
        return result.Pointer;
    }

    /// <summary>Remembers why a service of the kernel failed.</summary>
    public void Refuse(Exception why) => Refusal ??= why;

    /// <summary>Counts memory that the call takes.</summary>
    /// <exception cref="MemoryLimitException">It may not have so much.</exception>
    public void Charge(long bytes)
    {
        var used = Interlocked.Add(ref usedBytes, bytes);
        if (used > maxBytes || used < 0)
        {
            Interlocked.Add(ref usedBytes, -bytes);
            throw new MemoryLimitException(
                $"The call needs more than the {maxBytes} bytes of memory that it may use ({WorkerLimits.CallMemory}): it asked for {bytes} bytes more."
            );
        }
    }

    /// <summary>Counts memory that the call gave back.</summary>
    public void Refund(long bytes) => Interlocked.Add(ref usedBytes, -bytes);

    private static KernelFrame* NewFrame()
    {
        var frame = (KernelFrame*)NativeMemory.AlignedAlloc((nuint)sizeof(KernelFrame), Alignment);
        KernelServices.Initialize(frame);
        return frame;
    }

    private Span<long> NewSizes(int count, out int first)
    {
        first = sizeCount;
        sizeCount += count;
        if (sizeCount > sizes.Length)
        {
            Array.Resize(ref sizes, Math.Max(sizeCount, sizes.Length * 2));
        }

        return sizes.AsSpan(first, count);
    }

    /// <summary>The smallest segment that is large enough, or -1.</summary>
    private int FindRecycled(long bytes)
    {
        var best = -1;
        for (var i = 0; i < recycled.Count; i++)
        {
            if (recycled[i].File.Length >= bytes && (best < 0 || recycled[i].File.Length < recycled[best].File.Length))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Memory of zeros that lasts until the outcome is written.</summary>
    private byte* FromArena(int bytes)
    {
        var size = (bytes + Alignment - 1) & ~(Alignment - 1);
        if (arena is null)
        {
            arena = (byte*)NativeMemory.AlignedAlloc(ArenaBytes, Alignment);
        }

        byte* pointer;
        if (arenaUsed + size <= ArenaBytes)
        {
            pointer = arena + arenaUsed;
            arenaUsed += size;
        }
        else
        {
            // Many small results of one call; rare enough to go without an arena.
            pointer = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(size, Alignment), Alignment);
            overflow.Add((nint)pointer);
        }

        NativeMemory.Clear(pointer, (nuint)bytes);
        return pointer;
    }
}
