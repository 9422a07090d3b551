namespace Mlir.IR;

/// <summary>A position in a source file, <c>loc("a.cs":3:14)</c>.</summary>
/// <param name="FileName">The file's path as given.</param>
/// <param name="Line">The line, from 1; 0 when unknown.</param>
/// <param name="Column">The column, from 1; 0 when unknown.</param>
public sealed record FileLineColLoc(string FileName, int Line, int Column) : Location;
