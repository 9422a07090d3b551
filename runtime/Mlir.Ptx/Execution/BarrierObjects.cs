using System.Buffers.Binary;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Execution;

/// <summary>A block's <c>mbarrier</c>s, by their places in shared memory.</summary>
internal sealed unsafe class BarrierObjects(Block block)
{
    private readonly Dictionary<ulong, BarrierObject> objects = [];

    /// <summary>For the next block.</summary>
    public void Reset() => objects.Clear();

    public void Create(Warp warp, int lane, ulong address, StateSpace space, uint count)
    {
        if (count is 0 or > BarrierObject.MaxCount)
        {
            throw Fault(warp, lane, $"an mbarrier of {count} arrivals; there are 1 to {BarrierObject.MaxCount}");
        }

        address = InShared(warp, lane, address, space);
        var memory = (nint)warp.Resolve(StateSpace.Shared, address, 8, lane, AccessKind.Write);
        var made = new BarrierObject(block.Warps.Count, (int)count);
        if (!objects.TryAdd(address, made))
        {
            throw Fault(warp, lane, $"there is an mbarrier at {address} of shared memory, and it was not invalidated");
        }

        Write(memory, made);
    }

    public void Destroy(Warp warp, int lane, ulong address, StateSpace space)
    {
        var (memory, _) = Find(warp, lane, ref address, space, AccessKind.Write);
        _ = objects.Remove(address);
        BinaryPrimitives.WriteUInt64LittleEndian(new((byte*)memory, 8), 0);
    }

    /// <summary>Threads arrive; hands back the state before.</summary>
    public ulong Arrive(Warp warp, int lane, ulong address, StateSpace space, in Arrival arrival)
    {
        var (memory, found) = Find(warp, lane, ref address, space, AccessKind.Atomic);
        if (!found.IsObserved)
        {
            throw Fault(
                warp,
                lane,
                $"an arrival at the mbarrier at {address} in phase {found.Phase}, and nobody has looked whether the one before was complete"
            );
        }

        if (arrival.Announced != 0)
        {
            _ = Announce(warp, lane, address, found, arrival.Announced);
        }

        var state = found.State;
        if (arrival.Count is 0 or > BarrierObject.MaxCount || arrival.Count > found.Pending)
        {
            throw Fault(
                warp,
                lane,
                $"{arrival.Count} arrivals at the mbarrier at {address}, which waits for {found.Pending} of {found.Expected}"
            );
        }

        if (arrival.IsIncomplete && arrival.Count == found.Pending)
        {
            throw Fault(warp, lane, $"an arrival with .noComplete completes the phase of the mbarrier at {address}");
        }

        if (found.Arrive(warp.Clock, (int)arrival.Count, arrival.IsDropped))
        {
            block.WakeObjects();
        }

        Write(memory, found);
        return state;
    }

    /// <summary>Bytes are announced, or have come.</summary>
    public void Announce(Warp warp, int lane, ulong address, StateSpace space, int bytes)
    {
        var (memory, found) = Find(warp, lane, ref address, space, AccessKind.Atomic);
        if (Announce(warp, lane, address, found, bytes))
        {
            block.WakeObjects();
        }

        Write(memory, found);
    }

    /// <summary>Whether a phase is complete: that of a state, or the latest of that parity.</summary>
    public bool IsComplete(Warp warp, int lane, ulong address, StateSpace space, ulong phase, bool isParity)
    {
        var (_, found) = Find(warp, lane, ref address, space, AccessKind.Read | AccessKind.Strong);
        if (isParity ? phase > 1 : BarrierObject.PhaseOf(phase) > found.Phase)
        {
            throw Fault(
                warp,
                lane,
                isParity
                    ? $"a phase's parity of {phase}, which is 0 or 1"
                    : "a state that is of no phase of this mbarrier"
            );
        }

        var isComplete = isParity ? (found.Phase & 1) != phase : BarrierObject.PhaseOf(phase) < found.Phase;
        if (isComplete)
        {
            found.IsObserved = true;
            warp.Clock.Acquire(found.Completed);
        }

        return isComplete;
    }

    private static bool Announce(Warp warp, int lane, ulong address, BarrierObject found, int bytes) =>
        Math.Abs((long)found.Announced + bytes) <= BarrierObject.MaxCount
            ? found.Announce(bytes)
            : throw Fault(
                warp,
                lane,
                $"{(long)found.Announced + bytes} announced bytes at the mbarrier at {address}; there are {BarrierObject.MaxCount} at most"
            );

    private (nint Memory, BarrierObject Object) Find(
        Warp warp,
        int lane,
        ref ulong address,
        StateSpace space,
        AccessKind kind
    )
    {
        address = InShared(warp, lane, address, space);
        if (!objects.TryGetValue(address, out var found))
        {
            throw Fault(warp, lane, $"there is no mbarrier at {address} of shared memory");
        }

        var memory = (nint)warp.Resolve(StateSpace.Shared, address, 8, lane, kind);
        return BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>((byte*)memory, 8)) == found.Bits
            ? (memory, found)
            : throw Fault(warp, lane, $"the mbarrier at {address} of shared memory was written over");
    }

    private static ulong InShared(Warp warp, int lane, ulong address, StateSpace space) =>
        space != StateSpace.Generic ? address
        : Warp.SpaceOf(address) == StateSpace.Shared ? address - AddressSpaces.Shared
        : throw Fault(warp, lane, $"an mbarrier at 0x{address:x}, which is not in shared memory");

    private static void Write(nint memory, BarrierObject made) =>
        BinaryPrimitives.WriteUInt64LittleEndian(new((byte*)memory, 8), made.Bits);

    private static PtxFaultException Fault(Warp warp, int lane, string detail) =>
        warp.Fault(PtxFault.BarrierObject, 1u << lane, detail);

    /// <summary>How threads arrive.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Announced">The bytes that they announce.</param>
    /// <param name="IsDropped">Whether they do not take part in later phases.</param>
    /// <param name="IsIncomplete">Whether the phase must not be complete then.</param>
    public readonly record struct Arrival(uint Count, int Announced, bool IsDropped, bool IsIncomplete);
}
