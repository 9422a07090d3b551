namespace Mlir.Dialects.Arith;

/// <summary>Relations between integers.</summary>
public enum CmpIPredicate
{
    /// <summary>Equal.</summary>
    [Keyword("eq")]
    Eq = 0,

    /// <summary>Not equal.</summary>
    [Keyword("ne")]
    Ne = 1,

    /// <summary>Signed less than.</summary>
    [Keyword("slt")]
    Slt = 2,

    /// <summary>Signed less than or equal.</summary>
    [Keyword("sle")]
    Sle = 3,

    /// <summary>Signed greater than.</summary>
    [Keyword("sgt")]
    Sgt = 4,

    /// <summary>Signed greater than or equal.</summary>
    [Keyword("sge")]
    Sge = 5,

    /// <summary>Unsigned less than.</summary>
    [Keyword("ult")]
    Ult = 6,

    /// <summary>Unsigned less than or equal.</summary>
    [Keyword("ule")]
    Ule = 7,

    /// <summary>Unsigned greater than.</summary>
    [Keyword("ugt")]
    Ugt = 8,

    /// <summary>Unsigned greater than or equal.</summary>
    [Keyword("uge")]
    Uge = 9,
}
