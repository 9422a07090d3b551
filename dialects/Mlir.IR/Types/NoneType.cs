using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>The type with one value, <c>none</c>.</summary>
public sealed record NoneType : IrType
{
    /// <summary>The only instance.</summary>
    public static readonly NoneType Instance = new();

    private NoneType() { }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write("none");
}
