using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A reference to an array of unknown rank, <c>memref&lt;*xf32&gt;</c>.</summary>
public sealed record UnrankedMemRefType : ShapedType
{
    private UnrankedMemRefType(IrType elementType, IrAttribute? memorySpace)
        : base(elementType) => MemorySpace = memorySpace;

    /// <summary>The memory that holds the array; null for the default one.</summary>
    public IrAttribute? MemorySpace { get; }

    /// <inheritdoc/>
    public override bool HasRank => false;

    /// <summary>The unranked memref type over <paramref name="elementType"/>.</summary>
    public static UnrankedMemRefType Get(IrType elementType, IrAttribute? memorySpace = null) =>
        Intern(new UnrankedMemRefType(elementType, memorySpace));

    /// <inheritdoc/>
    public override ShapedType With(ReadOnlySpan<long> shape, IrType elementType) =>
        MemRefType.Get(shape, elementType, null, MemorySpace);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("memref<*x");
        printer.WriteType(ElementType);
        if (MemorySpace is { } space)
        {
            printer.Write(", ");
            printer.WriteAttributeOfDefaultType(space);
        }

        printer.Write('>');
    }
}
