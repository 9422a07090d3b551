using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>The custom form of the named operations whose body follows from the name.</summary>
internal static class NamedForm
{
    public static void Parse(
        AsmParser parser,
        OperationState state,
        Action<Region, IEnumerable<IrType>, Location> build
    )
    {
        parser.ParseOptionalAttrDict(state);
        var (inputs, outputs) = LinalgForm.ParseOperands(parser, state, addResults: false);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(inputs, outputs));
        if (inputs == 0 || outputs != 1)
        {
            throw parser.Error("expected inputs and one destination", state.Location);
        }

        state.ResultTypes.AddRange(parser.ParseOptionalArrowTypeList());
        var body = new Region();
        build(body, state.Operands.Select(o => o.Type), state.Location);
        state.Regions.Add(body);
    }

    public static void Print<T>(AsmPrinter printer, T op)
        where T : Operation, ILinalgOp
    {
        printer.WriteAttrDict(op, "operandSegmentSizes");
        LinalgForm.PrintOperands(printer, op.Inputs, op.Outputs);
        LinalgForm.PrintResults(printer, op);
    }
}
