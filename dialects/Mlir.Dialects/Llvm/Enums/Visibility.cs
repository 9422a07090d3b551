namespace Mlir.Dialects.Llvm;

/// <summary>How a symbol is seen by other linked components.</summary>
[Keyword("#llvm.visibility")]
public enum Visibility
{
    /// <summary>Seen.</summary>
    [Keyword("")]
    Default = 0,

    /// <summary>Not seen.</summary>
    [Keyword("hidden")]
    Hidden = 1,

    /// <summary>Seen but not replaced.</summary>
    [Keyword("protected")]
    Protected = 2,
}
