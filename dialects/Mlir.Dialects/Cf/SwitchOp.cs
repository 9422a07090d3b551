using Mlir.IR.Text;

namespace Mlir.Dialects.Cf;

/// <summary>Goes to the block whose case value equals the flag, or to the default block.</summary>
/// <example><code>cf.switch %flag : i32, [default: ^a, 42: ^b(%x : f32)]</code></example>
[Op("cf.switch")]
public sealed partial class SwitchOp : Operation, IBranch, IPure
{
    /// <summary>What is compared.</summary>
    [Operand<SignlessInteger>]
    public partial Value Flag { get; }

    /// <summary>The arguments of the default block.</summary>
    [Operand<AnyType>]
    public partial OperandList DefaultOperands { get; }

    /// <summary>The arguments of all case blocks, one after the other.</summary>
    [Operand<AnyType>]
    public partial OperandList CaseOperands { get; }

    /// <summary>The case values, a vector of the flag's type.</summary>
    [Attr(Name = "case_values")]
    public partial DenseElementsAttr? CaseValues { get; }

    /// <summary>How many of <see cref="CaseOperands"/> each case takes.</summary>
    [Attr(Name = "case_operand_segments")]
    public partial DenseArrayAttr CaseOperandSegments { get; }

    /// <summary>The block when no case fits.</summary>
    [Successor]
    public partial Block DefaultDestination { get; }

    /// <summary>The block of each case.</summary>
    [Successor]
    public partial IReadOnlyList<Block> CaseDestinations { get; }

    /// <summary>The number of cases.</summary>
    public int CaseCount => Successors.Count - 1;

    /// <summary>A switch on <paramref name="flag"/>.</summary>
    public static SwitchOp Create(
        Location location,
        Value flag,
        Block defaultDestination,
        IReadOnlyList<Value> defaultOperands,
        IReadOnlyList<(Int128 Value, Block Destination, IReadOnlyList<Value> Operands)> cases
    )
    {
        var state = new OperationState(Schema, location);
        state.Operands.Add(flag);
        Fill(state, flag.Type, defaultDestination, defaultOperands, cases);
        return (SwitchOp)state.Create();
    }

    /// <summary>The value of case number <paramref name="index"/>, sign-extended.</summary>
    public Int128 GetCaseValue(int index) => ((IntegerAttr)CaseValues!.GetElement(index)).Value;

    /// <summary>The arguments of the block of case number <paramref name="index"/>.</summary>
    public OperandList GetCaseOperands(int index)
    {
        var start = 0L;
        for (var i = 0; i < index; i++)
        {
            start += CaseOperandSegments.Values[i];
        }

        return CaseOperands.Slice((int)start, (int)CaseOperandSegments.Values[index]);
    }

    /// <inheritdoc/>
    public OperandList GetSuccessorOperands(int index) => index == 0 ? DefaultOperands : GetCaseOperands(index - 1);

    /// <summary>Parses <c>%flag : type, [default: ^block, value: ^block(…), …]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var flag = parser.ParseOperand();
        parser.Expect(":");
        var location = parser.CurrentLocation;
        if (parser.ParseType() is not IntegerType { Width: <= 128 } type)
        {
            throw parser.Error("expected an integer type of at most 128 bits", location);
        }

        parser.Resolve(flag, type, state);
        parser.Expect(",");
        parser.Expect("[");
        parser.Expect("default");
        parser.Expect(":");
        var (defaultDestination, defaultOperands) = parser.ParseSuccessorAndOperands();
        var cases = new List<(Int128, Block, IReadOnlyList<Value>)>();
        while (parser.TryConsume(","))
        {
            var value = parser.ParseInteger();
            parser.Expect(":");
            var (destination, operands) = parser.ParseSuccessorAndOperands();
            cases.Add((value, destination, operands));
        }

        parser.Expect("]");
        Fill(state, type, defaultDestination, defaultOperands, cases);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Flag);
        printer.Write(" : ");
        printer.WriteType(Flag.Type);
        printer.Write(", [");
        printer.NewLine();
        printer.Write("  default: ");
        printer.WriteSuccessor(DefaultDestination, DefaultOperands);
        for (var i = 0; i < CaseCount; i++)
        {
            printer.Write(",");
            printer.NewLine();
            printer.Write($"  {GetCaseValue(i)}: ");
            printer.WriteSuccessor(CaseDestinations[i], GetCaseOperands(i));
        }

        printer.NewLine();
        printer.Write("]");
        printer.WriteAttrDict(this, "case_values", "case_operand_segments", "operandSegmentSizes");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var values = CaseValues?.ShapedType is { } type ? (type.HasStaticShape ? type.ElementCount : -1) : 0;
        if (values != CaseCount)
        {
            verifier.Error(
                this,
                $"number of case values should match number of case destinations, got {values} and {CaseCount}"
            );
        }
        else if (CaseValues is { ShapedType.ElementType: var element } && element != Flag.Type)
        {
            verifier.Error(this, $"'flag' type ({Flag.Type}) should match case value type ({element})");
        }
        else if (
            CaseOperandSegments.Values.Count != CaseCount
            || CaseOperandSegments.Values.Any(v => v < 0)
            || CaseOperandSegments.Values.Sum() != CaseOperands.Count
        )
        {
            verifier.Error(this, "'case_operand_segments' does not describe the operands of the cases");
        }
    }

    private static void Fill(
        OperationState state,
        IrType type,
        Block defaultDestination,
        IReadOnlyList<Value> defaultOperands,
        IReadOnlyList<(Int128 Value, Block Destination, IReadOnlyList<Value> Operands)> cases
    )
    {
        state.Successors.Add(defaultDestination);
        state.Operands.AddRange(defaultOperands);
        foreach (var (_, destination, operands) in cases)
        {
            state.Successors.Add(destination);
            state.Operands.AddRange(operands);
        }

        if (cases.Count > 0)
        {
            var size = DenseElementsAttr.ElementSize(type);
            var data = new byte[size * cases.Count];
            for (var i = 0; i < cases.Count; i++)
            {
                DenseElementsAttr.WriteElement(IntegerAttr.Get(type, cases[i].Value), data.AsSpan(i * size, size));
            }

            state.SetAttribute("case_values", DenseElementsAttr.Get(VectorType.Get([cases.Count], type), data));
        }

        state.SetAttribute("case_operand_segments", DenseArrayAttr.I32([.. cases.Select(c => c.Operands.Count)]));
        state.SetAttribute(
            "operandSegmentSizes",
            DenseArrayAttr.I32(1, defaultOperands.Count, cases.Sum(c => c.Operands.Count))
        );
    }
}
