namespace Mlir.IR;

/// <summary>A dimension of an affine map, <c>d0</c>.</summary>
/// <param name="Position">Which dimension.</param>
public sealed record AffineDimExpr(int Position) : AffineExpr;
