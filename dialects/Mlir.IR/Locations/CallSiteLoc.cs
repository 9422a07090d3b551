namespace Mlir.IR;

/// <summary>A place inside a function that was inlined, <c>loc(callsite(callee at caller))</c>.</summary>
/// <param name="Callee">The place inside the called function.</param>
/// <param name="Caller">The call.</param>
public sealed record CallSiteLoc(Location Callee, Location Caller) : Location;
