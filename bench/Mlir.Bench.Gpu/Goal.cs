namespace Mlir.Bench.Gpu;

/// <summary>A figure to reach.</summary>
/// <param name="Peer">What the time is compared with: a peer, <see cref="Copy"/>, or <see cref="Limit"/>.</param>
/// <param name="Ratio">How many times as fast as the peer at least; for <see cref="Limit"/> the microseconds at most.</param>
internal sealed record Goal(string Peer, double Ratio)
{
    /// <summary>The bandwidth of a copy in the same run.</summary>
    public const string Copy = "copy";

    /// <summary>No peer: a time.</summary>
    public const string Limit = "limit";

    /// <summary>As <c>≥ 0.9 × copy</c>.</summary>
    public override string ToString() =>
        Peer == Limit
            ? Ratio >= 1000
                ? FormattableString.Invariant($"≤ {Ratio / 1000:0.#} ms")
                : FormattableString.Invariant($"≤ {Ratio:0.#} µs")
            : FormattableString.Invariant($"≥ {Ratio:0.0#} × {Peer}");
}
