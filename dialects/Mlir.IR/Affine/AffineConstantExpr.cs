namespace Mlir.IR;

/// <summary>A constant in an affine expression.</summary>
/// <param name="Value">The constant.</param>
public sealed record AffineConstantExpr(long Value) : AffineExpr;
