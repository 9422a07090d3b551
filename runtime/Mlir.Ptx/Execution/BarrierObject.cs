namespace Mlir.Ptx.Execution;

/// <summary>
/// An <c>mbarrier</c> in a block's shared memory: counts arrivals and bytes that are announced, phase after phase. What those who arrived had done lies
/// before what those do who found the phase complete.
/// </summary>
/// <remarks>After PTX ISA 9.0, section 9.7.13.15, "mbarrier". What it looks like in memory is this machine's own.</remarks>
internal sealed class BarrierObject(int warps, int expected)
{
    /// <summary>The largest count of arrivals; announced bytes may be as many, more or fewer.</summary>
    public const int MaxCount = (1 << 20) - 1;

    private readonly WarpClock.Message arrived = new(warps);

    /// <summary>The number of the phase that is not complete yet.</summary>
    public uint Phase { get; private set; }

    /// <summary>The arrivals of a whole phase.</summary>
    public int Expected { get; private set; } = expected;

    /// <summary>The arrivals that this phase lacks.</summary>
    public int Pending { get; private set; } = expected;

    /// <summary>The bytes that are announced and have not come.</summary>
    public int Announced { get; private set; }

    /// <summary>Whether somebody found the phase before this one complete.</summary>
    public bool IsObserved { get; set; } = true;

    /// <summary>What those had done who made the latest complete phase complete.</summary>
    public WarpClock.Message Completed { get; private set; } = new(warps);

    /// <summary>What it looks like in memory: told from anything else that may be there.</summary>
    public ulong Bits =>
        (1UL << 63) | ((ulong)(Phase & 0x3F_FFFF) << 40) | ((ulong)(uint)Expected << 20) | (uint)Pending;

    /// <summary>What an arrival hands back: the phase, and what was lacking.</summary>
    public ulong State => ((ulong)Phase << 20) | (uint)Pending;

    /// <summary>The phase of a state.</summary>
    public static uint PhaseOf(ulong state) => (uint)(state >> 20);

    /// <summary>The arrivals that lacked when a state was handed out.</summary>
    public static uint PendingOf(ulong state) => (uint)(state & MaxCount);

    /// <summary>So many threads have come, and are gone for good where <paramref name="isDropped"/> says so.</summary>
    public bool Arrive(WarpClock clock, int count, bool isDropped)
    {
        clock.Release(arrived);
        Pending -= count;
        Expected -= isDropped ? count : 0;
        return TryComplete();
    }

    /// <summary>Bytes are announced, or have come where the number is negative; says whether that completes the phase.</summary>
    public bool Announce(int bytes)
    {
        Announced += bytes;
        return bytes < 0 && TryComplete();
    }

    private bool TryComplete()
    {
        if (Pending != 0 || Announced != 0)
        {
            return false;
        }

        Phase++;
        Pending = Expected;
        IsObserved = false;
        Completed = arrived.Copy();
        return true;
    }
}
