namespace Mlir.IR;

/// <summary>A symbol of an affine map, <c>s0</c>.</summary>
/// <param name="Position">Which symbol.</param>
public sealed record AffineSymbolExpr(int Position) : AffineExpr;
