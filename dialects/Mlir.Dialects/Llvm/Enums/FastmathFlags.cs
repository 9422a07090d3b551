namespace Mlir.Dialects.Llvm;

/// <summary>What a floating-point operation may assume or give up.</summary>
[Flags]
[Keyword("#llvm.fastmath")]
public enum FastmathFlags
{
    /// <summary>IEEE arithmetic.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>No operand or result is a NaN.</summary>
    [Keyword("nnan")]
    Nnan = 1,

    /// <summary>No operand or result is infinite.</summary>
    [Keyword("ninf")]
    Ninf = 2,

    /// <summary>The sign of a zero does not matter.</summary>
    [Keyword("nsz")]
    Nsz = 4,

    /// <summary>A division may become a product with the reciprocal.</summary>
    [Keyword("arcp")]
    Arcp = 8,

    /// <summary>A product and a sum may be fused.</summary>
    [Keyword("contract")]
    Contract = 16,

    /// <summary>Functions may be approximated.</summary>
    [Keyword("afn")]
    Afn = 32,

    /// <summary>Operations may be regrouped.</summary>
    [Keyword("reassoc")]
    Reassoc = 64,

    /// <summary>All of the above.</summary>
    [Keyword("fast")]
    Fast = 127,
}
