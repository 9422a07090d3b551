using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// The places that a block of threads computes at a time, and the parts of arrays that it brings into shared memory for them, because each element of
/// those is needed at several places.
/// </summary>
/// <param name="Fast">The loop along a row of places.</param>
/// <param name="Slow">The loop over rows of places; null for one row.</param>
/// <param name="Rows">How many rows of places.</param>
/// <param name="Columns">How many places in a row.</param>
/// <param name="Pitch">How many columns each part has.</param>
/// <param name="Pieces">The parts.</param>
internal sealed record StencilTile(int Fast, int? Slow, int Rows, int Columns, int Pitch, StencilPiece[] Pieces)
{
    /// <summary>So many rows of places, where they are not known to be fewer.</summary>
    private const int MostRows = 16;

    private const int PitchOfRows = 128;

    private const int PitchOfOneRow = 1024;

    /// <summary>With more around a tile, too little of it would be computed.</summary>
    private const int MostReach = 32;

    /// <summary>A window of more elements is no small one.</summary>
    private const int MostTaps = 256;

    /// <summary>More shared memory, and fewer blocks would run on a processor at once.</summary>
    private const int MostBytes = 32 * 1024;

    /// <summary>How many rows of a part are brought, whole rows for all threads.</summary>
    public int RowsOf(StencilPiece piece)
    {
        var atOnce = Math.Max(1, Kernel.Threads / Pitch);
        var rows = Slow is { } slow ? (int)piece.Extent(piece.Down, slow, Rows) : 1;
        return (rows + atOnce - 1) / atOnce * atOnce;
    }

    /// <summary>The tile of an operation whose outputs run fastest along <paramref name="fast"/>; null where nothing is read at several near places.</summary>
    public static StencilTile? Find(GenericOp op, Value[] sizes, int fast)
    {
        var reads = Enumerable
            .Range(0, op.Inputs.Count)
            .Select(i => StencilRead.Find(op, i))
            .OfType<StencilRead>()
            .Where(r => !op.Outputs.Any(o => ReferenceEquals(Views.Root(o), Views.Root(r.Array))))
            .ToList();
        var others = Enumerable
            .Range(0, sizes.Length)
            .Where(d => d != fast && op.IteratorKinds[d] == IteratorType.Parallel)
            .Reverse();
        return others
            .Select(slow => (int?)slow)
            .Append(null)
            .Select(slow => Of(op, reads, sizes, fast, slow))
            .OfType<StencilTile>()
            .MaxBy(tile => tile.Pieces.Sum(p => p.Taps));
    }

    private static StencilTile? Of(GenericOp op, List<StencilRead> reads, Value[] sizes, int fast, int? slow)
    {
        var pitch = slow is null ? PitchOfOneRow : PitchOfRows;
        if (sizes[fast].ConstInt is { } width && width < pitch / 2)
        {
            return null;
        }

        var rows =
            slow is not { } loop ? 1
            : sizes[loop].ConstInt is { } known && known < MostRows ? (int)long.Max((long)known, 1)
            : MostRows;
        var pieces = new List<StencilPiece>();
        foreach (var group in Groups(reads, fast, slow))
        {
            if (PieceOf(op, group, sizes, fast, slow) is { } piece)
            {
                pieces.Add(piece);
            }
        }

        pieces = [.. pieces.OrderByDescending(p => p.Taps)];
        while (pieces.Count > 0)
        {
            var columns = pieces.Min(p => ((pitch - 1 - p.ReachOf(p.Across)) / p.Step(p.Across, fast)) + 1);
            var tile = new StencilTile(fast, slow, rows, (int)columns, pitch, [.. pieces]);
            if (pieces.Sum(p => tile.RowsOf(p) * pitch * DenseElementsAttr.ElementSize(p.Element)) <= MostBytes)
            {
                return tile;
            }

            pieces.RemoveAt(pieces.Count - 1);
        }

        return null;
    }

    /// <summary>Reads that differ only along the fast loop's dimension and the slow one's.</summary>
    private static IEnumerable<List<StencilRead>> Groups(List<StencilRead> reads, int fast, int? slow)
    {
        var groups = new List<List<StencilRead>>();
        foreach (var read in reads.Where(r => r.At.Length > 0))
        {
            var down = Down(read, slow);
            var group = groups.Find(g =>
                ReferenceEquals(g[0].Array, read.Array)
                && Down(g[0], slow) == down
                && Enumerable
                    .Range(0, read.At.Length)
                    .All(d =>
                        g[0].At[d].IsNear(read.At[d])
                        && (d == down || d == read.At.Length - 1 || g[0].At[d].Constant == read.At[d].Constant)
                    )
            );
            if (group is null)
            {
                groups.Add([read]);
            }
            else
            {
                group.Add(read);
            }
        }

        return groups;
    }

    private static int Down(StencilRead read, int? slow) =>
        slow is { } loop ? System.Array.FindIndex(read.At, 0, read.At.Length - 1, s => s.Uses(loop)) : -1;

    private static StencilPiece? PieceOf(GenericOp op, List<StencilRead> reads, Value[] sizes, int fast, int? slow)
    {
        var at = reads[0].At;
        var (down, across) = (Down(reads[0], slow), at.Length - 1);
        if (slow is not null && down < 0)
        {
            return null;
        }

        var (least, reach) = (new long[at.Length], new long[at.Length]);
        var window = new HashSet<int>();
        for (var d = 0; d < at.Length; d++)
        {
            var own =
                d == across ? fast
                : d == down ? slow
                : null;
            for (var loop = 0; loop < sizes.Length; loop++)
            {
                var steps = at[d].Steps[loop];
                var isReduced = op.IteratorKinds[loop] != IteratorType.Parallel;
                if (loop == own ? steps is < 1 or > 2 : steps != 0 && (loop == fast || loop == slow))
                {
                    return null;
                }

                if (loop == own || steps == 0 || (own is null && !isReduced))
                {
                    continue;
                }

                if (own is null || !isReduced || steps < 0 || sizes[loop].ConstInt is not { } size || size > MostReach)
                {
                    return null;
                }

                window.Add(loop);
                reach[d] += steps * long.Max((long)size - 1, 0);
            }

            least[d] = reads.Min(r => r.At[d].Constant);
            reach[d] += reads.Max(r => r.At[d].Constant) - least[d];
            if (reach[d] > MostReach)
            {
                return null;
            }
        }

        // A place that needs less than three elements for each that it brings reads them as well itself.
        var taps =
            window.Aggregate(1L, (product, loop) => product * (long)sizes[loop].ConstInt!.Value)
            * reads.DistinctBy(r => (r.At[across].Constant, down < 0 ? 0 : r.At[down].Constant)).Count();
        var piece = new StencilPiece([.. reads], down, least, reach, taps);
        var brought = piece.Step(across, fast) * (slow is { } loop2 ? piece.Step(down, loop2) : 1);
        return taps > 2 * brought && taps <= MostTaps ? piece : null;
    }
}
