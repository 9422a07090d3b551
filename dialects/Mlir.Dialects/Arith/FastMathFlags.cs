namespace Mlir.Dialects.Arith;

/// <summary>Liberties that an optimizer may take with floating-point operations, as in LLVM.</summary>
[Flags]
[Keyword("#arith.fastmath")]
public enum FastMathFlags
{
    /// <summary>None: exact IEEE semantics.</summary>
    [Keyword("none")]
    None = 0,

    /// <summary>Operations may be reassociated.</summary>
    [Keyword("reassoc")]
    Reassoc = 1,

    /// <summary>No operand or result is NaN.</summary>
    [Keyword("nnan")]
    Nnan = 2,

    /// <summary>No operand or result is infinite.</summary>
    [Keyword("ninf")]
    Ninf = 4,

    /// <summary>The sign of zero does not matter.</summary>
    [Keyword("nsz")]
    Nsz = 8,

    /// <summary>Division may become multiplication by the reciprocal.</summary>
    [Keyword("arcp")]
    Arcp = 16,

    /// <summary>A multiplication and an addition may be fused.</summary>
    [Keyword("contract")]
    Contract = 32,

    /// <summary>Functions may be approximated.</summary>
    [Keyword("afn")]
    Afn = 64,

    /// <summary>All of them.</summary>
    [Keyword("fast")]
    Fast = Reassoc | Nnan | Ninf | Nsz | Arcp | Contract | Afn,
}
