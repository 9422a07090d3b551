namespace Mlir.Dialects.Llvm;

/// <summary>Whether a call may or must be a tail call.</summary>
[Keyword("#llvm.tailcallkind")]
public enum TailCallKind
{
    /// <summary>The optimiser decides.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>It may be one.</summary>
    [Keyword("tail")]
    Tail = 2,

    /// <summary>It must be one.</summary>
    [Keyword("musttail")]
    MustTail = 3,

    /// <summary>It must not be one.</summary>
    [Keyword("notail")]
    NoTail = 1,
}
