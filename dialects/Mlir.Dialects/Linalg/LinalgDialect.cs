using Mlir.IR.Text;

namespace Mlir.Dialects.Linalg;

/// <summary>Structured operations over tensors and arrays: loops whose bodies and subscripts are known to the compiler.</summary>
[Dialect("linalg")]
public sealed partial class LinalgDialect : Dialect
{
    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(AsmParser parser, string name)
    {
        if (name != "iterator_type")
        {
            return null;
        }

        parser.Expect("<");
        var value = parser.ParseEnum<IteratorType>();
        parser.Expect(">");
        return EnumAttr<IteratorType>.Get(value);
    }
}
