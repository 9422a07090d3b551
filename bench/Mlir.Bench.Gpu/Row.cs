namespace Mlir.Bench.Gpu;

/// <summary>A row of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Type">The type of the numbers; empty where there is none.</param>
/// <param name="Size">The sizes; empty where there are none.</param>
/// <param name="Goals">What to reach.</param>
internal sealed record Row(string Name, string Type, string Size, Goal[] Goals)
{
    /// <summary>The bytes that must be moved; 0 where they do not count.</summary>
    public long Bytes { get; init; }

    /// <summary>The floating-point operations; 0 where they do not count.</summary>
    public double Operations { get; init; }

    /// <summary>This project's microseconds; null where there are none.</summary>
    public double? Microseconds { get; set; }

    /// <summary>What is wrong, or why there is no figure; null where nothing is to be said.</summary>
    public string? Remark { get; set; }

    /// <summary>The peers' answers.</summary>
    public List<PeerAnswer> Peers { get; } = [];

    /// <summary>A peer's time.</summary>
    public double? Of(string peer) => Peers.FirstOrDefault(answer => answer.Peer == peer)?.Microseconds;

    /// <summary>Whether a goal is reached; null where it cannot be said.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="bandwidth">The bytes that a copy reads and writes in a microsecond.</param>
    public bool? Reaches(Goal goal, double? bandwidth) =>
        Microseconds is not { } own ? null
        : goal.Peer == Goal.Limit ? own <= goal.Ratio
        : (goal.Peer == Goal.Copy ? Bytes / bandwidth : Of(goal.Peer)) is { } other ? other / own >= goal.Ratio
        : null;
}
