namespace Mlir.IR;

/// <summary>A terminator that hands its operands to the operation around it.</summary>
public interface IReturnLike : ITerminator;
