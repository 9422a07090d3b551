namespace Mlir.Dialects.Llvm;

/// <summary>What the computation of an address promises.</summary>
[Flags]
[Keyword("#llvm.gepnowrap")]
public enum GepNoWrapFlags
{
    /// <summary>Nothing: the address wraps.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>The bit that together with <see cref="Nusw"/> means <see cref="Inbounds"/>.</summary>
    [Keyword("inbounds_flag")]
    InboundsFlag = 1,

    /// <summary>No signed wrap of the offsets.</summary>
    [Keyword("nusw")]
    Nusw = 2,

    /// <summary>No unsigned wrap.</summary>
    [Keyword("nuw")]
    Nuw = 4,

    /// <summary>The address stays within the object.</summary>
    [Keyword("inbounds")]
    Inbounds = 3,
}
