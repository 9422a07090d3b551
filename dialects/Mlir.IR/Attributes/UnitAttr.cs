using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An attribute whose presence is its meaning, <c>unit</c>.</summary>
public sealed record UnitAttr : IrAttribute
{
    /// <summary>The only instance.</summary>
    public static readonly UnitAttr Instance = new();

    private UnitAttr() { }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write("unit");
}
