namespace Mlir.Lowering;

/// <summary>What a call would take on a target, as far as the target's figures tell.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Time">All of it.</param>
/// <param name="Copies">What of it goes into copies of the arguments there and of the results back.</param>
public sealed record ExplainedPlace(string Target, TimeSpan Time, TimeSpan Copies);
