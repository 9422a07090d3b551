namespace Mlir.IR;

/// <summary>The operators of affine expressions.</summary>
public enum AffineBinaryKind
{
    /// <summary><c>a + b</c>.</summary>
    Add,

    /// <summary><c>a * b</c>.</summary>
    Mul,

    /// <summary><c>a floordiv b</c>, rounded to minus infinity; b is positive.</summary>
    FloorDiv,

    /// <summary><c>a ceildiv b</c>, rounded to plus infinity; b is positive.</summary>
    CeilDiv,

    /// <summary><c>a mod b</c>, never negative; b is positive.</summary>
    Mod,
}
