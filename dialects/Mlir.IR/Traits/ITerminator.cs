namespace Mlir.IR;

/// <summary>An operation that ends its block.</summary>
public interface ITerminator;
