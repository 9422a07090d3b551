namespace Mlir.IR;

/// <summary>Several origins of one operation, <c>loc(fused["a":1:1, "b":2:2])</c>.</summary>
/// <param name="Locations">The origins.</param>
/// <param name="Metadata">What joined them, or null.</param>
public sealed record FusedLoc(EquatableArray<Location> Locations, IrAttribute? Metadata = null) : Location;
