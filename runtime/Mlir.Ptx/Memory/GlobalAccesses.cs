using System.Collections.Concurrent;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Memory;

/// <summary>Finds races on global memory during one launch; knows the pages that the launch touches.</summary>
internal sealed class GlobalAccesses
{
    private const int PageBytes = 4096;

    private readonly Publications publications = new();
    private readonly ConcurrentDictionary<(Allocation Allocation, long Page), WordAccess[]> pages = new();

    public void Record(Allocation allocation, long offset, int count, Warp warp, int lane, AccessKind kind)
    {
        if (allocation.IsReadOnly)
        {
            return;
        }

        if (WordAccess.IsStrong(kind))
        {
            publications.Note(allocation, offset, warp, kind);
        }

        // An access is aligned to its size, so that it lies in one page.
        var page = pages.GetOrAdd((allocation, offset / PageBytes), _ => new WordAccess[PageBytes / 4]);
        lock (page)
        {
            for (var at = offset & ~3; at < offset + count; at += 4)
            {
                var touched = SharedAccesses.WordBytes(at, offset, count);
                var block = (int)warp.Block.Number + 1;
                ref var word = ref page[at % PageBytes / 4];
                if (
                    word.Record(touched, warp, lane, kind, block, isShared: false) is { } conflict
                    && !publications.Order(conflict, warp)
                )
                {
                    throw Race(conflict, allocation, Math.Max(at, offset), warp, lane, kind);
                }
            }
        }
    }

    private static PtxFaultException Race(
        WordAccess.Conflict conflict,
        Allocation allocation,
        long at,
        Warp warp,
        int lane,
        AccessKind kind
    )
    {
        var launch = warp.Block.Launch;
        var where =
            conflict.Block <= 0 ? " of several blocks"
            : conflict.Block == warp.Block.Number + 1 ? ""
            : $" of block {launch.Grid.At(conflict.Block - 1)}";
        return warp.Fault(
            PtxFault.GlobalRace,
            1u << lane,
            $"a race on byte {at} of {allocation.What} of {allocation.Bytes} bytes: {SharedAccesses.Describe(conflict, warp)}{where}, and this thread {SharedAccesses.Verb(kind)} it, with nothing in between that orders them"
        );
    }
}
