namespace Mlir.Dialects.Nvvm;

/// <summary>From which lane a shuffle takes its value.</summary>
[Keyword("#nvvm<shfl_kind")]
public enum ShflKind
{
    /// <summary>The own lane, exclusive or the offset.</summary>
    [Keyword("bfly")]
    Bfly = 0,

    /// <summary>The own lane minus the offset.</summary>
    [Keyword("up")]
    Up = 1,

    /// <summary>The own lane plus the offset.</summary>
    [Keyword("down")]
    Down = 2,

    /// <summary>The lane that the offset names.</summary>
    [Keyword("idx")]
    Idx = 3,
}
