namespace Mlir.IR.Text;

/// <summary>What a parser accepts and keeps.</summary>
public sealed record ParserOptions
{
    /// <summary>Registered dialects only, names kept.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>Whether operations, types and attributes of unknown dialects are kept as they are.</summary>
    public bool AllowUnregistered { get; init; }

    /// <summary>Whether the names of values, unless they are numbers, are kept for printing.</summary>
    public bool KeepNames { get; init; } = true;

    /// <summary>The deepest nesting of regions. Deeper input is refused with a located error.</summary>
    public int MaxRegionDepth { get; init; } = 4096;

    /// <summary>The deepest nesting of types, attributes, affine expressions and locations. Deeper input is refused with a located error.</summary>
    public int MaxValueDepth { get; init; } = 256;

    /// <summary>The line number of the text's first line, for texts that were cut from a larger file.</summary>
    public int FirstLine { get; init; } = 1;
}
