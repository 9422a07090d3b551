namespace Mlir.IR;

/// <summary>An operation whose blocks need no terminator.</summary>
public interface INoTerminator;
