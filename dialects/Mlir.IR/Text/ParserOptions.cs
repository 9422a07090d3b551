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

    /// <summary>The most operations that a text may hold.</summary>
    public int MaxOperations { get; init; } = int.MaxValue;

    /// <summary>The most blocks that a text may hold.</summary>
    public int MaxBlocks { get; init; } = int.MaxValue;

    /// <summary>The most values in one list: operands, arguments, results, types, attributes, dimensions of affine maps.</summary>
    public int MaxListLength { get; init; } = int.MaxValue;

    /// <summary>The most dimensions of a type.</summary>
    public int MaxRank { get; init; } = int.MaxValue;

    /// <summary>The most bytes of one tensor or vector whose sizes are all known.</summary>
    public long MaxTensorBytes { get; init; } = long.MaxValue;

    /// <summary>The most bytes that the elements of all dense constants may take, as far as the text spells them.</summary>
    public long MaxConstantBytes { get; init; } = long.MaxValue;

    /// <summary>The longest identifier.</summary>
    public int MaxNameLength { get; init; } = int.MaxValue;

    /// <summary>The longest string literal.</summary>
    public int MaxStringLength { get; init; } = int.MaxValue;

    /// <summary>The most characters that one alias may stand for, those in it written out.</summary>
    public long MaxAliasLength { get; init; } = 1L << 24;

    /// <summary>
    /// The most characters that the uses of aliases may stand for, taken together. An alias may be used by another one, so that a short
    /// text could otherwise stand for a value of any size.
    /// </summary>
    public long MaxExpansion { get; init; } = 1L << 30;

    /// <summary>The line number of the text's first line, for texts that were cut from a larger file.</summary>
    public int FirstLine { get; init; } = 1;
}
