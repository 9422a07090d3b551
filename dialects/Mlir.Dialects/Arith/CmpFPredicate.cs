namespace Mlir.Dialects.Arith;

/// <summary>Relations between floats: ordered ones (O…) are false for NaN, unordered ones (U…) true.</summary>
public enum CmpFPredicate
{
    /// <summary>Never.</summary>
    [Keyword("false")]
    AlwaysFalse = 0,

    /// <summary>Ordered and equal.</summary>
    [Keyword("oeq")]
    OEq = 1,

    /// <summary>Ordered and greater.</summary>
    [Keyword("ogt")]
    OGt = 2,

    /// <summary>Ordered and greater or equal.</summary>
    [Keyword("oge")]
    OGe = 3,

    /// <summary>Ordered and less.</summary>
    [Keyword("olt")]
    OLt = 4,

    /// <summary>Ordered and less or equal.</summary>
    [Keyword("ole")]
    OLe = 5,

    /// <summary>Ordered and not equal.</summary>
    [Keyword("one")]
    ONe = 6,

    /// <summary>Ordered: neither is NaN.</summary>
    [Keyword("ord")]
    Ord = 7,

    /// <summary>Unordered or equal.</summary>
    [Keyword("ueq")]
    UEq = 8,

    /// <summary>Unordered or greater.</summary>
    [Keyword("ugt")]
    UGt = 9,

    /// <summary>Unordered or greater or equal.</summary>
    [Keyword("uge")]
    UGe = 10,

    /// <summary>Unordered or less.</summary>
    [Keyword("ult")]
    ULt = 11,

    /// <summary>Unordered or less or equal.</summary>
    [Keyword("ule")]
    ULe = 12,

    /// <summary>Unordered or not equal.</summary>
    [Keyword("une")]
    UNe = 13,

    /// <summary>Unordered: one of them is NaN.</summary>
    [Keyword("uno")]
    Uno = 14,

    /// <summary>Always.</summary>
    [Keyword("true")]
    AlwaysTrue = 15,
}
