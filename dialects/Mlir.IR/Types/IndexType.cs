using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>The integer type of sizes and subscripts, <c>index</c>: as wide as a pointer (64 bits on all our targets).</summary>
public sealed record IndexType : IrType
{
    /// <summary>The only instance.</summary>
    public static readonly IndexType Instance = new();

    private IndexType() { }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write("index");
}
