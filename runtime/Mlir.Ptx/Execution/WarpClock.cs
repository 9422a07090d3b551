namespace Mlir.Ptx.Execution;

/// <summary>
/// How far each warp of the block had come when this one last heard of it, through barriers. Two accesses are ordered where
/// the later one's warp has heard of the earlier one.
/// </summary>
internal sealed class WarpClock(BlockTime time, int index, int warps)
{
    private readonly int[] known = new int[warps];

    /// <summary>When this warp last synchronized.</summary>
    public int Now => known[index];

    public void Reset()
    {
        Array.Clear(known);
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
        foreach (var clock in all)
        {
            for (var i = 0; i < joined.Length; i++)
            {
                joined[i] = Math.Max(joined[i], clock.known[i]);
            }
        }

        foreach (var clock in all)
        {
            joined[clock.Index] = time.Now;
        }

        time.Now++;
        foreach (var clock in all)
        {
            joined.CopyTo(clock.known, 0);
            clock.known[clock.Index] = time.Now;
        }
    }

    /// <summary>What this warp knows now, itself included.</summary>
    public int[] Snapshot() => [.. known];

    /// <summary>Orders what this warp's threads did before what they do next.</summary>
    public void Advance() => known[index] = ++time.Now;

    private int Index => index;
}

/// <summary>Counts the synchronizations of a block.</summary>
internal sealed class BlockTime
{
    public int Now { get; set; } = 1;
}
