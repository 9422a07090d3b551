namespace Mlir.IR;

/// <summary>How an integer type treats its top bit.</summary>
public enum Signedness
{
    /// <summary>The operation decides, as for every <c>iN</c>.</summary>
    Signless,

    /// <summary>Two's complement, <c>siN</c>.</summary>
    Signed,

    /// <summary>Never negative, <c>uiN</c>.</summary>
    Unsigned,
}
