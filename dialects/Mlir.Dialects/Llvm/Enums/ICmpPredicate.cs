namespace Mlir.Dialects.Llvm;

/// <summary>How <c>llvm.icmp</c> compares.</summary>
[Keyword("#llvm.predicate")]
public enum ICmpPredicate
{
    /// <summary>Equal.</summary>
    [Keyword("eq")]
    Eq,

    /// <summary>Not equal.</summary>
    [Keyword("ne")]
    Ne,

    /// <summary>Signed less than.</summary>
    [Keyword("slt")]
    Slt,

    /// <summary>Signed less than or equal.</summary>
    [Keyword("sle")]
    Sle,

    /// <summary>Signed greater than.</summary>
    [Keyword("sgt")]
    Sgt,

    /// <summary>Signed greater than or equal.</summary>
    [Keyword("sge")]
    Sge,

    /// <summary>Unsigned less than.</summary>
    [Keyword("ult")]
    Ult,

    /// <summary>Unsigned less than or equal.</summary>
    [Keyword("ule")]
    Ule,

    /// <summary>Unsigned greater than.</summary>
    [Keyword("ugt")]
    Ugt,

    /// <summary>Unsigned greater than or equal.</summary>
    [Keyword("uge")]
    Uge,
}
