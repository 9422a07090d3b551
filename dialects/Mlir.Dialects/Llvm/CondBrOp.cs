using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Goes to one of two blocks.</summary>
/// <example><code>llvm.cond_br %c weights([1, 2000]), ^bb1(%a : i32), ^bb2</code></example>
[Op("llvm.cond_br")]
public sealed partial class CondBrOp : Operation, IBranch
{
    /// <summary>The choice.</summary>
    [Operand<LlvmI1>]
    public partial Value Condition { get; }

    /// <summary>What the arguments of the block for true become.</summary>
    [Operand<LlvmValue>]
    public partial OperandList TrueDestOperands { get; }

    /// <summary>What the arguments of the block for false become.</summary>
    [Operand<LlvmValue>]
    public partial OperandList FalseDestOperands { get; }

    /// <summary>How often each way is taken, relative to the other.</summary>
    [Attr(Name = "branch_weights")]
    public partial DenseArrayAttr? BranchWeights { get; }

    /// <summary>Where to go when the choice is true.</summary>
    [Successor]
    public partial Block TrueDest { get; }

    /// <summary>Where to go when it is false.</summary>
    [Successor]
    public partial Block FalseDest { get; }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index) => index == 0 ? TrueDestOperands : FalseDestOperands;

    /// <summary>Parses <c>condition [weights([…])], block(operands), block(operands) [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var condition = parser.ParseOperand();
        parser.Resolve(condition, IntegerType.I1, state);
        Llvm.BranchWeights.Parse(parser, state);
        parser.Expect(",");
        var (onTrue, trueOperands) = parser.ParseSuccessorAndOperands();
        parser.Expect(",");
        var (onFalse, falseOperands) = parser.ParseSuccessorAndOperands();
        state.Successors.Add(onTrue);
        state.Successors.Add(onFalse);
        state.Operands.AddRange(trueOperands);
        state.Operands.AddRange(falseOperands);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(1, trueOperands.Count, falseOperands.Count));
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Condition);
        Llvm.BranchWeights.Print(printer, BranchWeights);
        printer.Write(", ");
        printer.WriteSuccessor(TrueDest, TrueDestOperands);
        printer.Write(", ");
        printer.WriteSuccessor(FalseDest, FalseDestOperands);
        printer.WriteAttrDict(this, "operandSegmentSizes", "branch_weights");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => Llvm.BranchWeights.Verify(this, BranchWeights, verifier);
}
