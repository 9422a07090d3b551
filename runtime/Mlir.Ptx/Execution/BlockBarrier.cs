namespace Mlir.Ptx.Execution;

/// <summary>One of a block's sixteen barriers.</summary>
internal sealed class BlockBarrier
{
    /// <summary>The threads that have come; a warp's missing lanes count as come.</summary>
    public int Arrived { get; set; }

    /// <summary>The threads that must come; zero for all of the block.</summary>
    public int Expected { get; set; }

    /// <summary>Those who wait.</summary>
    public List<(Warp Warp, Fragment Fragment)> Waiting { get; } = [];

    /// <summary>The warps that have come without waiting.</summary>
    public List<Warp> Passing { get; } = [];

    /// <summary>The predicates that are true among those who have come.</summary>
    public int TrueCount { get; set; }

    /// <summary>The predicates given.</summary>
    public int PredicateCount { get; set; }

    public bool IsUsed => Waiting.Count > 0 || Passing.Count > 0;

    public void Clear()
    {
        Arrived = Expected = TrueCount = PredicateCount = 0;
        Waiting.Clear();
        Passing.Clear();
    }
}
