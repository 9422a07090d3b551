namespace Mlir.Dialects.Llvm;

/// <summary>How <c>llvm.fcmp</c> compares; the unordered forms hold when an operand is a NaN.</summary>
[Keyword("#llvm.fpredicate")]
public enum FCmpPredicate
{
    /// <summary>Never.</summary>
    [Keyword("_false")]
    False,

    /// <summary>Ordered and equal.</summary>
    [Keyword("oeq")]
    Oeq,

    /// <summary>Ordered and greater.</summary>
    [Keyword("ogt")]
    Ogt,

    /// <summary>Ordered and greater or equal.</summary>
    [Keyword("oge")]
    Oge,

    /// <summary>Ordered and less.</summary>
    [Keyword("olt")]
    Olt,

    /// <summary>Ordered and less or equal.</summary>
    [Keyword("ole")]
    Ole,

    /// <summary>Ordered and different.</summary>
    [Keyword("one")]
    One,

    /// <summary>Neither is a NaN.</summary>
    [Keyword("ord")]
    Ord,

    /// <summary>Unordered or equal.</summary>
    [Keyword("ueq")]
    Ueq,

    /// <summary>Unordered or greater.</summary>
    [Keyword("ugt")]
    Ugt,

    /// <summary>Unordered or greater or equal.</summary>
    [Keyword("uge")]
    Uge,

    /// <summary>Unordered or less.</summary>
    [Keyword("ult")]
    Ult,

    /// <summary>Unordered or less or equal.</summary>
    [Keyword("ule")]
    Ule,

    /// <summary>Unordered or different.</summary>
    [Keyword("une")]
    Une,

    /// <summary>One is a NaN.</summary>
    [Keyword("uno")]
    Uno,

    /// <summary>Always.</summary>
    [Keyword("_true")]
    True,
}
