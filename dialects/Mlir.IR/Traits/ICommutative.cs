namespace Mlir.IR;

/// <summary>An operation whose two operands may be swapped.</summary>
public interface ICommutative;
