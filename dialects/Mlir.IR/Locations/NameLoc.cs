namespace Mlir.IR;

/// <summary>A named origin, <c>loc("x * 2"("a.cs":3:14))</c>: the name may be the source text itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Child">Where that is.</param>
public sealed record NameLoc(string Name, Location Child) : Location;
