namespace Mlir.IR;

/// <summary>An operation whose operands and results all have one type.</summary>
public interface ISameType;
