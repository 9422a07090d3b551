namespace Mlir.Dialects.Llvm;

/// <summary>The memory ordering of an access.</summary>
[Keyword("#llvm.ordering")]
public enum AtomicOrdering
{
    /// <summary>A plain access.</summary>
    [Keyword("not_atomic")]
    NotAtomic = 0,

    /// <summary>Never torn.</summary>
    [Keyword("unordered")]
    Unordered = 1,

    /// <summary>One order for each address.</summary>
    [Keyword("monotonic")]
    Monotonic = 2,

    /// <summary>Later accesses stay later.</summary>
    [Keyword("acquire")]
    Acquire = 4,

    /// <summary>Earlier accesses stay earlier.</summary>
    [Keyword("release")]
    Release = 5,

    /// <summary>Both.</summary>
    [Keyword("acq_rel")]
    AcqRel = 6,

    /// <summary>One order for all.</summary>
    [Keyword("seq_cst")]
    SeqCst = 7,
}
