namespace Mlir.Bench.Gpu;

/// <summary>What a peer says about a case.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Microseconds">Its time; null where it has none.</param>
/// <param name="WhyNot">Why it has none.</param>
internal sealed record PeerAnswer(string Peer, double? Microseconds, string WhyNot);
