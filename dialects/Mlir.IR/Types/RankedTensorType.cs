using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An immutable array value, <c>tensor&lt;4x?xf32&gt;</c>.</summary>
public sealed record RankedTensorType : ShapedType
{
    private RankedTensorType(EquatableArray<long> shape, IrType elementType, IrAttribute? encoding)
        : base(elementType) => (Shape, Encoding) = (shape, encoding);

    /// <summary>How the elements are stored (sparse formats); null for the dense default.</summary>
    public IrAttribute? Encoding { get; }

    /// <summary>The tensor type of <paramref name="shape"/>; <see cref="ShapedType.Dynamic"/> marks unknown sizes.</summary>
    public static RankedTensorType Get(ReadOnlySpan<long> shape, IrType elementType, IrAttribute? encoding = null) =>
        Intern(new RankedTensorType(EquatableArray.Create(shape), elementType, encoding));

    /// <inheritdoc/>
    public override ShapedType With(ReadOnlySpan<long> shape, IrType elementType) => Get(shape, elementType, Encoding);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("tensor<");
        printer.WriteDimensions(Shape.Span);
        printer.WriteType(ElementType);
        if (Encoding is { } encoding)
        {
            printer.Write(", ");
            printer.WriteAttribute(encoding);
        }

        printer.Write('>');
    }
}
