using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The custom form that both comparisons share: <c>"slt" %a, %b : i32</c>.</summary>
internal static class ComparisonForm
{
    public static void Parse<T>(AsmParser parser, OperationState state)
        where T : struct, Enum
    {
        var at = parser.CurrentLocation;
        var keyword = parser.ParseString();
        if (!EnumKeywords<T>.TryParse(keyword, out var predicate))
        {
            throw parser.Error($"'{keyword}' is an incorrect value of the 'predicate' attribute", at);
        }

        state.SetAttribute("predicate", IntegerAttr.Get(IntegerType.I64, Convert.ToInt64(predicate)));
        var lhs = parser.ParseOperand();
        parser.Expect(",");
        var rhs = parser.ParseOperand();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType();
        parser.Resolve(lhs, type, state);
        parser.Resolve(rhs, type, state);
        state.ResultTypes.Add(LlvmShapes.WithElement(type, IntegerType.I1));
    }

    public static void Print<T>(AsmPrinter printer, Operation op, T predicate)
        where T : struct, Enum
    {
        printer.Write(' ');
        printer.WriteString(EnumKeywords<T>.ToText(predicate));
        printer.Write(' ');
        printer.WriteOperands(op.Operands);
        if (op.GetAttribute("fastmathFlags") is EnumAttr<FastmathFlags> { Value: not FastmathFlags.None })
        {
            printer.WriteAttrDict(op, "predicate");
        }
        else
        {
            printer.WriteAttrDict(op, "predicate", "fastmathFlags");
        }

        printer.Write(" : ");
        printer.WriteType(op.Operands[0].Type);
    }
}
