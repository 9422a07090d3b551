using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A tensor of unknown rank, <c>tensor&lt;*xf32&gt;</c>.</summary>
public sealed record UnrankedTensorType : ShapedType
{
    private UnrankedTensorType(IrType elementType)
        : base(elementType) { }

    /// <inheritdoc/>
    public override bool HasRank => false;

    /// <summary>The unranked tensor type over <paramref name="elementType"/>.</summary>
    public static UnrankedTensorType Get(IrType elementType) => Intern(new UnrankedTensorType(elementType));

    /// <inheritdoc/>
    public override ShapedType With(ReadOnlySpan<long> shape, IrType elementType) =>
        RankedTensorType.Get(shape, elementType);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("tensor<*x");
        printer.WriteType(ElementType);
        printer.Write('>');
    }
}
