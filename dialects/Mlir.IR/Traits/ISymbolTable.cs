namespace Mlir.IR;

/// <summary>An operation with one region whose operations have unique symbols.</summary>
public interface ISymbolTable;
