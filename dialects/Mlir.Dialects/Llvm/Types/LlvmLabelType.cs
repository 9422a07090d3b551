using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The address of a block, <c>!llvm.label</c>.</summary>
public sealed record LlvmLabelType : LlvmType
{
    /// <summary>The only instance.</summary>
    public static readonly LlvmLabelType Instance = new();

    private LlvmLabelType() { }

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer) => printer.Write("label");
}
