using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Goes to a block.</summary>
/// <example><code>llvm.br ^bb1(%a : i32)</code></example>
[Op("llvm.br")]
public sealed partial class BrOp : Operation, IBranch
{
    /// <summary>What the block's arguments become.</summary>
    [Operand<LlvmValue>]
    public partial OperandList DestOperands { get; }

    /// <summary>The block.</summary>
    [Successor]
    public partial Block Dest { get; }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index) => DestOperands;

    /// <summary>Parses <c>block(operands) [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var (block, operands) = parser.ParseSuccessorAndOperands();
        state.Successors.Add(block);
        state.Operands.AddRange(operands);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteSuccessor(Dest, DestOperands);
        printer.WriteAttrDict(this);
    }
}
