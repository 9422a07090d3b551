using Mlir.IR.Text;

namespace Mlir.Dialects.Flow;

/// <summary>Graphs of tasks over the values of a host language: algorithms, translations between types, and what a compiler made of several.</summary>
[Dialect("flow")]
public sealed partial class FlowDialect : Dialect
{
    /// <inheritdoc/>
    public override IrType? ParseType(AsmParser parser, string name)
    {
        if (name != "data")
        {
            return null;
        }

        parser.Expect("<");
        var type = parser.ParseString();
        parser.Expect(">");
        return DataType.Get(type);
    }
}
