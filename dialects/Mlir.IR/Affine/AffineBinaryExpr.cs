namespace Mlir.IR;

/// <summary>Two affine expressions joined by an operator.</summary>
/// <param name="Kind">The operator.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand; positive for divisions.</param>
public sealed record AffineBinaryExpr(AffineBinaryKind Kind, AffineExpr Left, AffineExpr Right) : AffineExpr;
