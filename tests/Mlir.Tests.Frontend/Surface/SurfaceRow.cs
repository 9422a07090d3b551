namespace Mlir.Tests.Frontend.Surface;

/// <summary>One line of the page: a function and what the compiler makes of it.</summary>
/// <param name="Name">The function.</param>
/// <param name="Status"><c>compiled</c>, or <c>not</c>.</param>
/// <param name="Types">The element types.</param>
/// <param name="Ulp">How far results are from the eager ones at most; empty where there is nothing to compare.</param>
/// <param name="Note">Why not, or what it is compared with.</param>
internal sealed record SurfaceRow(string Name, string Status, string Types, string Ulp, string Note)
{
    /// <summary>As on the page.</summary>
    public override string ToString() => $"| `{Name}` | {Status} | {Types} | {Ulp} | {Note} |";

    /// <summary>Reads a line, if it is a function's.</summary>
    public static SurfaceRow? TryRead(string line) =>
        line.StartsWith("| `", StringComparison.Ordinal)
        && line.Split('|') is [_, var name, var status, var types, var ulp, var note, _]
            ? new SurfaceRow(name.Trim(' ', '`'), status.Trim(), types.Trim(), ulp.Trim(), note.Trim())
            : null;
}
