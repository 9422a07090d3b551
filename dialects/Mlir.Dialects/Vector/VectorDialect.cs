using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>Operations on vectors of a fixed size, wider or narrower than the machine's own.</summary>
[Dialect("vector")]
public sealed partial class VectorDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is TypedAttr typed && typed.Type == type ? new Arith.ConstantOp(location, typed) : null;

    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(AsmParser parser, string name)
    {
        if (name != "kind")
        {
            return null;
        }

        parser.Expect("<");
        var kind = parser.ParseEnum<CombiningKind>();
        parser.Expect(">");
        return EnumAttr<CombiningKind>.Get(kind);
    }
}
