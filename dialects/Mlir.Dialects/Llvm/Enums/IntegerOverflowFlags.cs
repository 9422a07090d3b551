namespace Mlir.Dialects.Llvm;

/// <summary>Which overflows make the result of an integer operation poison.</summary>
[Flags]
[Keyword("#llvm.overflow")]
public enum IntegerOverflowFlags
{
    /// <summary>The result wraps.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>Signed overflow.</summary>
    [Keyword("nsw")]
    Nsw = 1,

    /// <summary>Unsigned overflow.</summary>
    [Keyword("nuw")]
    Nuw = 2,
}
