using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>How often a branch goes each way, <c>weights([1, 2000])</c>.</summary>
internal static class BranchWeights
{
    public static void Parse(AsmParser parser, OperationState state)
    {
        if (!parser.TryConsume("weights"))
        {
            return;
        }

        parser.Expect("(");
        state.SetAttribute("branch_weights", DenseArrayAttr.Get(IntegerType.I32, [.. PositionForm.Parse(parser)]));
        parser.Expect(")");
    }

    public static void Print(AsmPrinter printer, DenseArrayAttr? weights)
    {
        if (weights is not null)
        {
            printer.Write(" weights(");
            PositionForm.Print(printer, weights);
            printer.Write(')');
        }
    }

    public static void Verify(Operation op, DenseArrayAttr? weights, OpVerifier verifier)
    {
        if (weights is not null && weights.Values.Count != op.Successors.Count)
        {
            verifier.Error(
                op,
                $"expects number of branch weights to match number of successors: {weights.Values.Count} vs {op.Successors.Count}"
            );
        }
    }
}
