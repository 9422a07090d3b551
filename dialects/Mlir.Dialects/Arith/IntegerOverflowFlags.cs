namespace Mlir.Dialects.Arith;

/// <summary>Promises that an integer operation does not overflow.</summary>
[Flags]
[Keyword("#arith.overflow")]
public enum IntegerOverflowFlags
{
    /// <summary>None: the operation wraps.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>No signed overflow.</summary>
    [Keyword("nsw")]
    Nsw = 1,

    /// <summary>No unsigned overflow.</summary>
    [Keyword("nuw")]
    Nuw = 2,
}
