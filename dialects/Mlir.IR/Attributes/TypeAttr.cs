using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A type used as a constant.</summary>
public sealed record TypeAttr : IrAttribute
{
    private TypeAttr(IrType value) => Value = value;

    /// <summary>The type.</summary>
    public IrType Value { get; }

    /// <summary>The attribute that holds <paramref name="value"/>.</summary>
    public static TypeAttr Get(IrType value) => Intern(new TypeAttr(value));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteType(Value);
}
