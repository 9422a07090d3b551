namespace Mlir.Dialects.Llvm;

/// <summary>How a symbol is seen by other modules.</summary>
[Keyword("#llvm.linkage")]
public enum Linkage
{
    /// <summary>Seen by this module only, without a name in the object.</summary>
    [Keyword("private")]
    Private,

    /// <summary>Seen by this module only.</summary>
    [Keyword("internal")]
    Internal,

    /// <summary>Defined elsewhere; the body here is for the optimiser.</summary>
    [Keyword("available_externally")]
    AvailableExternally,

    /// <summary>One of several equal definitions, dropped when unused.</summary>
    [Keyword("linkonce")]
    Linkonce,

    /// <summary>One of several definitions, kept when unused.</summary>
    [Keyword("weak")]
    Weak,

    /// <summary>A tentative definition.</summary>
    [Keyword("common")]
    Common,

    /// <summary>An array joined with those of other modules.</summary>
    [Keyword("appending")]
    Appending,

    /// <summary>Null when undefined.</summary>
    [Keyword("extern_weak")]
    ExternWeak,

    /// <summary>As linkonce; all definitions are equivalent.</summary>
    [Keyword("linkonce_odr")]
    LinkonceOdr,

    /// <summary>As weak; all definitions are equivalent.</summary>
    [Keyword("weak_odr")]
    WeakOdr,

    /// <summary>Seen by every module.</summary>
    [Keyword("external")]
    External,
}
