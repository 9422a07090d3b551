namespace Mlir.Dialects.Gpu;

/// <summary>How the values of several threads combine.</summary>
[Keyword("#gpu<all_reduce_op")]
public enum AllReduceOperation
{
    /// <summary>Sum.</summary>
    [Keyword("add")]
    Add,

    /// <summary>Product.</summary>
    [Keyword("mul")]
    Mul,

    /// <summary>Least, unsigned.</summary>
    [Keyword("minui")]
    MinUI,

    /// <summary>Least, signed.</summary>
    [Keyword("minsi")]
    MinSI,

    /// <summary>Least; NaNs are left out.</summary>
    [Keyword("minnumf")]
    MinNumF,

    /// <summary>Greatest, unsigned.</summary>
    [Keyword("maxui")]
    MaxUI,

    /// <summary>Greatest, signed.</summary>
    [Keyword("maxsi")]
    MaxSI,

    /// <summary>Greatest; NaNs are left out.</summary>
    [Keyword("maxnumf")]
    MaxNumF,

    /// <summary>Bitwise and.</summary>
    [Keyword("and")]
    And,

    /// <summary>Bitwise or.</summary>
    [Keyword("or")]
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    [Keyword("xor")]
    Xor,

    /// <summary>Least; NaN when one is a NaN.</summary>
    [Keyword("minimumf")]
    MinimumF,

    /// <summary>Greatest; NaN when one is a NaN.</summary>
    [Keyword("maximumf")]
    MaximumF,
}
