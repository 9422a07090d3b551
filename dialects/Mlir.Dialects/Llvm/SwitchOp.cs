using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Goes to the block for the value of an integer, or to a default block.</summary>
/// <example><code>
/// llvm.switch %a : i32, ^bb4 [
///   1: ^bb5(%b : i32),
///   -2: ^bb6
/// ]
/// </code></example>
[Op("llvm.switch")]
public sealed partial class SwitchOp : Operation, IBranch
{
    /// <summary>The integer.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Value { get; }

    /// <summary>What the arguments of the default block become.</summary>
    [Operand<LlvmValue>]
    public partial OperandList DefaultOperands { get; }

    /// <summary>What the arguments of the blocks of the cases become, one case after the other.</summary>
    [Operand<LlvmValue>]
    public partial OperandList CaseOperands { get; }

    /// <summary>How many of <see cref="CaseOperands"/> each case has.</summary>
    [Attr(Name = "case_operand_segments")]
    public partial DenseArrayAttr CaseOperandSegments { get; }

    /// <summary>The values of the cases; absent when there are none.</summary>
    [Attr(Name = "case_values")]
    public partial DenseElementsAttr? CaseValues { get; }

    /// <summary>How often each way is taken, relative to the others; the default block first.</summary>
    [Attr(Name = "branch_weights")]
    public partial DenseArrayAttr? BranchWeights { get; }

    /// <summary>Where to go when no case matches.</summary>
    [Successor]
    public partial Block DefaultDestination { get; }

    /// <summary>Where to go for each case.</summary>
    [Successor]
    public partial IReadOnlyList<Block> CaseDestinations { get; }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index)
    {
        if (index == 0)
        {
            return DefaultOperands;
        }

        var segments = CaseOperandSegments.Values;
        var start = 0L;
        for (var i = 0; i < index - 1 && i < segments.Count; i++)
        {
            start += segments[i];
        }

        // Damaged segments give no operands; the verifier says what is wrong with them.
        return
            index <= segments.Count
            && start >= 0
            && segments[index - 1] >= 0
            && start + segments[index - 1] <= CaseOperands.Count
            ? CaseOperands.Slice((int)start, (int)segments[index - 1])
            : CaseOperands.Slice(0, 0);
    }

    /// <summary>Parses <c>value : type, block(operands) [ number: block(operands), … ] [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var value = parser.ParseOperand();
        parser.Expect(":");
        var type = parser.ParseType<IntegerType>();
        parser.Resolve(value, type, state);
        parser.Expect(",");
        var (otherwise, defaults) = parser.ParseSuccessorAndOperands();
        state.Successors.Add(otherwise);
        state.Operands.AddRange(defaults);
        var (values, segments, total) = (new List<TypedAttr>(), new List<int>(), 0);
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                values.Add(IntegerAttr.Get(type, parser.ParseInteger()));
                parser.Expect(":");
                var (block, operands) = parser.ParseSuccessorAndOperands();
                state.Successors.Add(block);
                state.Operands.AddRange(operands);
                segments.Add(operands.Count);
                total += operands.Count;
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        if (values.Count > 0)
        {
            var shape = VectorType.Get([values.Count], type);
            var size = DenseElementsAttr.ElementSize(type);
            var bytes = new byte[size * values.Count];
            for (var i = 0; i < values.Count; i++)
            {
                DenseElementsAttr.WriteElement(values[i], bytes.AsSpan(i * size, size));
            }

            state.SetAttribute("case_values", DenseElementsAttr.Get(shape, bytes));
        }

        state.SetAttribute("case_operand_segments", DenseArrayAttr.I32([.. segments]));
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(1, defaults.Count, total));
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Value);
        printer.Write(" : ");
        printer.WriteType(Value.Type);
        printer.Write(", ");
        printer.WriteSuccessor(DefaultDestination, DefaultOperands);
        printer.Write(" [");
        for (var i = 0; i < CaseDestinations.Count; i++)
        {
            printer.NewLine();
            printer.Write("  ");
            printer.WriteInteger((IntegerAttr)CaseValues!.GetElement(i), withType: false);
            printer.Write(": ");
            printer.WriteSuccessor(CaseDestinations[i], GetSuccessorOperands(i + 1));
            printer.Write(i == CaseDestinations.Count - 1 ? "" : ",");
        }

        printer.NewLine();
        printer.Write(']');
        printer.WriteAttrDict(this, "operandSegmentSizes", "case_operand_segments", "case_values");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var count = CaseDestinations.Count;
        if (
            (CaseValues is null ? 0 : CaseValues.ShapedType.ElementCount) != count
            || CaseOperandSegments.Values.Count != count
        )
        {
            verifier.Error(this, "expects number of case values to match number of case destinations");
        }
        else if (CaseValues is not null && CaseValues.ShapedType.ElementType != Value.Type)
        {
            verifier.Error(this, $"expects case value type to match condition value type {Value.Type}");
        }

        var total = 0L;
        foreach (var segment in CaseOperandSegments.Values)
        {
            total = segment < 0 ? long.MinValue / 2 : total + segment;
        }

        if (total != CaseOperands.Count)
        {
            verifier.Error(this, "'case_operand_segments' must add up to the number of case operands");
        }

        Llvm.BranchWeights.Verify(this, BranchWeights, verifier);
    }
}
