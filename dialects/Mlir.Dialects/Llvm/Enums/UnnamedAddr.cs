namespace Mlir.Dialects.Llvm;

/// <summary>Whether the address of a symbol matters.</summary>
[Keyword("#llvm.unnamed_addr")]
public enum UnnamedAddr
{
    /// <summary>It matters.</summary>
    [Keyword("")]
    None = 0,

    /// <summary>It does not matter within this module.</summary>
    [Keyword("local_unnamed_addr")]
    Local = 1,

    /// <summary>It does not matter anywhere.</summary>
    [Keyword("unnamed_addr")]
    Global = 2,
}
