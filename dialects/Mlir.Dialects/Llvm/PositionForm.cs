using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A list of constant positions as the aggregate and shuffle operations write it, <c>[0, 1]</c>.</summary>
internal static class PositionForm
{
    public static List<long> Parse(AsmParser parser)
    {
        var positions = new List<long>();
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                positions.Add(parser.ParseInteger());
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        return positions;
    }

    public static void Print(AsmPrinter printer, DenseArrayAttr positions)
    {
        printer.Write('[');
        for (var i = 0; i < positions.Values.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.Write(positions.Values[i]);
        }

        printer.Write(']');
    }
}
