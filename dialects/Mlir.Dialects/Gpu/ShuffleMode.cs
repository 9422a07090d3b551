namespace Mlir.Dialects.Gpu;

/// <summary>From which lane a shuffle takes its value.</summary>
[Keyword("#gpu<shuffle_mode")]
public enum ShuffleMode
{
    /// <summary>The own lane, exclusive or the offset.</summary>
    [Keyword("xor")]
    Xor = 0,

    /// <summary>The own lane plus the offset.</summary>
    [Keyword("down")]
    Down = 1,

    /// <summary>The own lane minus the offset.</summary>
    [Keyword("up")]
    Up = 2,

    /// <summary>The lane that the offset names.</summary>
    [Keyword("idx")]
    Idx = 3,
}
