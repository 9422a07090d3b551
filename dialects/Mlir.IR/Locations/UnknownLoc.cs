namespace Mlir.IR;

/// <summary>No known origin, <c>loc(unknown)</c>.</summary>
public sealed record UnknownLoc : Location
{
    /// <summary>The only instance.</summary>
    public static readonly UnknownLoc Instance = new();

    private UnknownLoc() { }
}
