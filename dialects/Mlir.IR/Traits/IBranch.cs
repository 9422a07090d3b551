namespace Mlir.IR;

/// <summary>A terminator that passes operands to the arguments of its successors.</summary>
public interface IBranch : ITerminator
{
    /// <summary>The operands that successor number <paramref name="index"/> receives.</summary>
    OperandList GetSuccessorOperands(int index);
}
