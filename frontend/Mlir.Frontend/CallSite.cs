using Mlir.IR;

namespace Mlir.Frontend;

/// <summary>Where a lambda was handed to the compiler: what errors from compilation and from inside its kernels name.</summary>
/// <param name="File">The source file; empty when unknown.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
/// <param name="Text">The source text of the lambda; empty when unknown.</param>
public sealed record CallSite(string File, int Line, string Text)
{
    /// <summary>A call from nowhere in particular.</summary>
    public static CallSite Unknown { get; } = new("", 0, "");

    /// <summary>The location for operations made from the lambda.</summary>
    public Location Location => Line == 0 ? Location.Unknown : new FileLineColLoc(File, Line, 1);

    /// <summary>The location of a part of the lambda that can fail at run time.</summary>
    public Location At(string text) => new NameLoc(text, Location);

    /// <summary>As <c>Program.cs(18)</c>.</summary>
    public override string ToString() => Line == 0 ? "" : $"{Path.GetFileName(File)}({Line})";
}
