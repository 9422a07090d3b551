namespace Mlir.IR;

/// <summary>An operation whose operands all have one type.</summary>
public interface ISameOperandTypes;
