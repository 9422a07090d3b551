using Mlir.IR.Text;

namespace Mlir.Dialects.Cf;

/// <summary>Goes to a block.</summary>
/// <example><code>cf.br ^next(%a : i32)</code></example>
[Op("cf.br")]
public sealed partial class BranchOp : Operation, IBranch, IPure
{
    /// <summary>The arguments of the block.</summary>
    [Operand<AnyType>]
    public partial OperandList DestOperands { get; }

    /// <summary>The block.</summary>
    [Successor]
    public partial Block Dest { get; }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index) => DestOperands;

    /// <summary>Parses <c>^block(%a : type)</c>.</summary>
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
