using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>A list of dimensions after a keyword, <c>dimensions = [0, 1]</c>.</summary>
internal static class DimensionsForm
{
    public static DenseArrayAttr Parse(AsmParser parser, string keyword)
    {
        parser.Expect(keyword);
        parser.Expect("=");
        var at = parser.CurrentLocation;
        var values = new List<UnresolvedOperand>();
        var dimensions = MixedList.Parse(parser, values);
        return values.Count == 0 ? DenseArrayAttr.I64(dimensions) : throw parser.Error("expected integers", at);
    }

    public static void Print(AsmPrinter printer, string keyword, EquatableArray<long> dimensions)
    {
        printer.Write(' ');
        printer.Write(keyword);
        printer.Write(" = [");
        for (var i = 0; i < dimensions.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.Write(dimensions[i]);
        }

        printer.Write(']');
    }
}
