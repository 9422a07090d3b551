namespace Mlir.Ptx.Execution;

/// <summary>
/// How far each warp of the block had come when this one last heard of it, through barriers. Two accesses are ordered where
/// the later one's warp has heard of the earlier one.
/// </summary>
internal sealed class WarpClock(BlockTime time, int index, int warps)
{
    private readonly int[] known = new int[warps];
    private readonly int[] fenced = new int[warps];

    /// <summary>When this warp last synchronized.</summary>
    public int Now => known[index];

    public void Reset()
    {
        Array.Clear(known);
        Array.Clear(fenced);
        known[index] = time.Now;
    }

    /// <summary>Whether what a warp did at that time lies before what this one does now.</summary>
    public bool Knows(int warp, int then) => warp == index ? then < known[index] : then <= known[warp];

    /// <summary>Whether what these warps did, the last of it at that time, lies before what this one does now.</summary>
    public bool KnowsAll(uint others, int then)
    {
        for (var warp = 0; warp < known.Length; warp++)
        {
            if ((others >> warp & 1) != 0 && !Knows(warp, then))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Orders what these warps did before what they do next.</summary>
    public static void Synchronize(BlockTime time, IEnumerable<WarpClock> clocks)
    {
        var all = clocks.Distinct().ToList();
        var joined = new int[all[0].known.Length];
        var fenced = new int[joined.Length];
        foreach (var clock in all)
        {
            Join(joined, clock.known);
            Join(fenced, clock.fenced);
        }

        foreach (var clock in all)
        {
            joined[clock.Index] = time.Now;
        }

        time.Now++;
        foreach (var clock in all)
        {
            joined.CopyTo(clock.known, 0);
            fenced.CopyTo(clock.fenced, 0);
            clock.known[clock.Index] = time.Now;
        }
    }

    /// <summary>What this warp knows now, itself included.</summary>
    public int[] Snapshot() => [.. known];

    /// <summary>Orders what this warp's threads did before what they do next.</summary>
    public void Advance() => known[index] = ++time.Now;

    /// <summary>Orders what this warp knows of before what asynchronous units do that are started by whoever hears of this fence.</summary>
    public void FenceAsync()
    {
        Join(fenced, known);
        Advance();
    }

    /// <summary>Whether a fence for asynchronous units lies between what a warp did at that time and what this one starts now.</summary>
    public bool IsFencedAsync(int warp, int then) => then <= fenced[warp];

    /// <summary>Leaves word of everything this warp knows, for those who take it up later.</summary>
    public void Release(Message message)
    {
        Join(message.Known, known);
        Join(message.Fenced, fenced);
        Advance();
    }

    /// <summary>Orders what a message tells of before what this warp does next.</summary>
    public void Acquire(Message message)
    {
        var now = known[index];
        Join(known, message.Known);
        Join(fenced, message.Fenced);
        known[index] = now;
    }

    private static void Join(int[] to, int[] from)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Math.Max(to[i], from[i]);
        }
    }

    private int Index => index;

    /// <summary>What warps left word of.</summary>
    public sealed class Message(int warps)
    {
        public int[] Known { get; } = new int[warps];

        public int[] Fenced { get; } = new int[warps];

        /// <summary>The same, as it is now.</summary>
        public Message Copy()
        {
            var copy = new Message(Known.Length);
            Known.CopyTo(copy.Known, 0);
            Fenced.CopyTo(copy.Fenced, 0);
            return copy;
        }
    }
}

/// <summary>Counts the synchronizations of a block.</summary>
internal sealed class BlockTime
{
    public int Now { get; set; } = 1;
}
