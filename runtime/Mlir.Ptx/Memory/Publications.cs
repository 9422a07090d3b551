using System.Numerics;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Memory;

/// <summary>
/// Order between blocks: a thread fences and then writes an atomic or volatile place, others access the same place, and what
/// was done before the fence lies before what they do next. Who came first at the place is not looked at.
/// </summary>
internal sealed class Publications
{
    private readonly Lock guard = new();
    private readonly Dictionary<(Allocation, long Offset), Dictionary<int, int[]>> published = [];
    private readonly Dictionary<int, HashSet<(Allocation, long Offset)>> visited = [];

    /// <summary>Takes note of an atomic or volatile access.</summary>
    public void Note(Allocation allocation, long offset, Warp warp, AccessKind kind)
    {
        if ((kind & AccessKind.Release) != 0)
        {
            warp.Fence();
        }

        var block = (int)warp.Block.Number + 1;
        var place = (allocation, offset);
        lock (guard)
        {
            _ = (visited.TryGetValue(block, out var places) ? places : visited[block] = []).Add(place);
            if ((kind & AccessKind.Write) == 0 || warp.Fenced is not { } fenced)
            {
                return;
            }

            var blocks = published.TryGetValue(place, out var known) ? known : published[place] = [];
            if (!blocks.TryGetValue(block, out var before))
            {
                blocks[block] = fenced;
                return;
            }

            var joined = new int[fenced.Length];
            for (var i = 0; i < joined.Length; i++)
            {
                joined[i] = Math.Max(fenced[i], before[i]);
            }

            blocks[block] = joined;
        }
    }

    /// <summary>Whether what was done earlier has been published where this warp's block has looked.</summary>
    public bool Order(WordAccess.Conflict earlier, Warp warp)
    {
        lock (guard)
        {
            return earlier.Block > 0
                && visited.TryGetValue((int)warp.Block.Number + 1, out var places)
                && places.Any(place =>
                    published.TryGetValue(place, out var blocks)
                    && blocks.TryGetValue(earlier.Block, out var fenced)
                    && Covers(fenced, earlier)
                );
        }
    }

    private static bool Covers(int[] fenced, WordAccess.Conflict earlier)
    {
        for (var warps = earlier.Warps; warps != 0; warps &= warps - 1)
        {
            if (earlier.Time > fenced[BitOperations.TrailingZeroCount(warps)])
            {
                return false;
            }
        }

        return true;
    }
}
