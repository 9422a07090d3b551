using Mlir.IR.Text;

namespace Mlir.Dialects.Cf;

/// <summary>Goes to one of two blocks.</summary>
/// <example><code>cf.cond_br %c weights([1, 3]), ^then(%a : i32), ^else</code></example>
[Op("cf.cond_br")]
public sealed partial class CondBranchOp : Operation, IBranch, IPure
{
    /// <summary>Whether the first block is next.</summary>
    [Operand<I1>]
    public partial Value Condition { get; }

    /// <summary>The arguments of the first block.</summary>
    [Operand<AnyType>]
    public partial OperandList TrueDestOperands { get; }

    /// <summary>The arguments of the second block.</summary>
    [Operand<AnyType>]
    public partial OperandList FalseDestOperands { get; }

    /// <summary>How often each block is taken, in proportion.</summary>
    [Attr(Name = "branch_weights")]
    public partial DenseArrayAttr? BranchWeights { get; }

    /// <summary>The block for a true condition.</summary>
    [Successor]
    public partial Block TrueDest { get; }

    /// <summary>The block for a false condition.</summary>
    [Successor]
    public partial Block FalseDest { get; }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index) => index == 0 ? TrueDestOperands : FalseDestOperands;

    /// <summary>Parses <c>%c [weights([a, b])], ^then(…), ^else(…)</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.Resolve(parser.ParseOperand(), IntegerType.I1, state);
        if (parser.TryConsume("weights"))
        {
            parser.Expect("(");
            parser.Expect("[");
            var weights = new List<int>();
            if (!parser.Peek("]"))
            {
                do
                {
                    weights.Add(unchecked((int)parser.ParseInteger()));
                } while (parser.TryConsume(","));
            }

            parser.Expect("]");
            parser.Expect(")");
            state.SetAttribute("branch_weights", DenseArrayAttr.I32([.. weights]));
        }

        parser.Expect(",");
        var (trueDest, trueOperands) = parser.ParseSuccessorAndOperands();
        parser.Expect(",");
        var (falseDest, falseOperands) = parser.ParseSuccessorAndOperands();
        state.Successors.Add(trueDest);
        state.Successors.Add(falseDest);
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
        if (BranchWeights is { } weights)
        {
            printer.Write($" weights([{string.Join(", ", weights.Values)}])");
        }

        printer.Write(", ");
        printer.WriteSuccessor(TrueDest, TrueDestOperands);
        printer.Write(", ");
        printer.WriteSuccessor(FalseDest, FalseDestOperands);
        printer.WriteAttrDict(this, "branch_weights", "operandSegmentSizes");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (BranchWeights is { Values.Count: not 2 } weights)
        {
            verifier.Error(
                this,
                $"expects number of branch weights to match number of successors: {weights.Values.Count} vs 2"
            );
        }
    }
}
