using Mlir.IR.Text;

namespace Mlir.Lowering;

/// <summary>How large a module from outside may be. Each limit is checked before what it limits is allocated.</summary>
public sealed record UntrustedLimits
{
    /// <summary>Room for what a frontend makes of large methods; a hostile text within them costs a few seconds at most.</summary>
    public static UntrustedLimits Default { get; } = new();

    /// <summary>The most bytes of text.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>The most operations.</summary>
    public int MaxOperations { get; init; } = 100_000;

    /// <summary>The most blocks.</summary>
    public int MaxBlocks { get; init; } = 20_000;

    /// <summary>The deepest nesting of regions.</summary>
    public int MaxRegionDepth { get; init; } = 64;

    /// <summary>The deepest nesting of types, attributes, locations and affine expressions.</summary>
    public int MaxValueDepth { get; init; } = 32;

    /// <summary>The most operands, results, arguments, types or attributes in one list.</summary>
    public int MaxListLength { get; init; } = 1024;

    /// <summary>The longest identifier, in characters.</summary>
    public int MaxNameLength { get; init; } = 1024;

    /// <summary>The longest string, in characters.</summary>
    public int MaxStringLength { get; init; } = 256 << 10;

    /// <summary>The most bytes that all constant arrays take.</summary>
    public long MaxConstantBytes { get; init; } = 4 << 20;

    /// <summary>The most bytes of one array whose sizes are all known, a constant of equal elements too.</summary>
    public long MaxArrayBytes { get; init; } = 16L << 30;

    /// <summary>The most dimensions of an array.</summary>
    public int MaxRank { get; init; } = 16;

    /// <summary>The most characters that one alias stands for.</summary>
    public long MaxAliasLength { get; init; } = 64 << 10;

    /// <summary>The most characters that the uses of aliases stand for.</summary>
    public long MaxExpansion { get; init; } = 64 << 20;

    /// <summary>The limits as the parser takes them.</summary>
    internal ParserOptions ToParserOptions() =>
        new()
        {
            AllowUnregistered = false,
            KeepNames = false,
            MaxOperations = MaxOperations,
            MaxBlocks = MaxBlocks,
            MaxRegionDepth = MaxRegionDepth,
            MaxValueDepth = MaxValueDepth,
            MaxListLength = MaxListLength,
            MaxNameLength = MaxNameLength,
            MaxStringLength = MaxStringLength,
            MaxConstantBytes = MaxConstantBytes,
            MaxTensorBytes = MaxArrayBytes,
            MaxRank = MaxRank,
            MaxAliasLength = MaxAliasLength,
            MaxExpansion = MaxExpansion,
        };
}
