using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A reference to an array in memory, <c>memref&lt;4x?xf32, strided&lt;[?, 1], offset: ?&gt;&gt;</c>.</summary>
public sealed record MemRefType : ShapedType
{
    private MemRefType(EquatableArray<long> shape, IrType elementType, IrAttribute? layout, IrAttribute? memorySpace)
        : base(elementType) => (Shape, Layout, MemorySpace) = (shape, layout, memorySpace);

    /// <summary>How subscripts become addresses: a <see cref="StridedLayoutAttr"/>, an <see cref="AffineMapAttr"/>, or null for dense row-major.</summary>
    public IrAttribute? Layout { get; }

    /// <summary>The memory that holds the array; null for the default one.</summary>
    public IrAttribute? MemorySpace { get; }

    /// <summary>The memref type of <paramref name="shape"/>; an identity layout is the same as none.</summary>
    public static MemRefType Get(
        ReadOnlySpan<long> shape,
        IrType elementType,
        IrAttribute? layout = null,
        IrAttribute? memorySpace = null
    ) =>
        Intern(
            new MemRefType(
                EquatableArray.Create(shape),
                elementType,
                layout is AffineMapAttr { Map.IsIdentity: true } ? null : layout,
                memorySpace
            )
        );

    /// <inheritdoc/>
    public override ShapedType With(ReadOnlySpan<long> shape, IrType elementType) =>
        Get(shape, elementType, Layout, MemorySpace);

    /// <summary>The offset and strides in elements, <see cref="ShapedType.Dynamic"/> where unknown; null when the layout is not strided.</summary>
    public (long Offset, EquatableArray<long> Strides)? StridesAndOffset
    {
        get
        {
            if (Layout is StridedLayoutAttr strided)
            {
                return (strided.Offset, strided.Strides);
            }

            if (Layout is not null)
            {
                return null;
            }

            var strides = new long[Rank];
            var stride = 1L;
            for (var i = Rank - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride = stride == Dynamic || Shape[i] == Dynamic ? Dynamic : unchecked(stride * Shape[i]);
            }

            return (0, EquatableArray.Wrap(strides));
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("memref<");
        printer.WriteDimensions(Shape.Span);
        printer.WriteType(ElementType);
        foreach (var attribute in (ReadOnlySpan<IrAttribute?>)[Layout, MemorySpace])
        {
            if (attribute is not null)
            {
                printer.Write(", ");
                printer.WriteAttributeOfDefaultType(attribute);
            }
        }

        printer.Write('>');
    }
}
