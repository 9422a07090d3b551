using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A complex number, <c>complex&lt;f64&gt;</c>.</summary>
public sealed record ComplexType : IrType
{
    private ComplexType(IrType elementType) => ElementType = elementType;

    /// <summary>The type of the real and the imaginary part.</summary>
    public IrType ElementType { get; }

    /// <summary>The complex type over <paramref name="elementType"/>.</summary>
    public static ComplexType Get(IrType elementType) => Intern(new ComplexType(elementType));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("complex<");
        printer.WriteType(ElementType);
        printer.Write('>');
    }
}
