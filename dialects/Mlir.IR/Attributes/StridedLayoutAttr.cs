using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A layout by strides, <c>strided&lt;[?, 1], offset: ?&gt;</c>, in elements.</summary>
public sealed record StridedLayoutAttr : IrAttribute
{
    private StridedLayoutAttr(long offset, EquatableArray<long> strides) => (Offset, Strides) = (offset, strides);

    /// <summary>The position of the first element; <see cref="ShapedType.Dynamic"/> when unknown.</summary>
    public long Offset { get; }

    /// <summary>The distance between neighbours along each dimension; <see cref="ShapedType.Dynamic"/> when unknown.</summary>
    public EquatableArray<long> Strides { get; }

    /// <summary>The layout with this offset and these strides.</summary>
    public static StridedLayoutAttr Get(long offset, ReadOnlySpan<long> strides) =>
        Intern(new StridedLayoutAttr(offset, EquatableArray.Create(strides)));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("strided<[");
        for (var i = 0; i < Strides.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteDimension(Strides[i]);
        }

        printer.Write(']');
        if (Offset != 0)
        {
            printer.Write(", offset: ");
            printer.WriteDimension(Offset);
        }

        printer.Write('>');
    }
}
