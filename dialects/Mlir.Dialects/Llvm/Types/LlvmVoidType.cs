using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The absence of a result, <c>!llvm.void</c>.</summary>
public sealed record LlvmVoidType : LlvmType
{
    /// <summary>The only instance.</summary>
    public static readonly LlvmVoidType Instance = new();

    private LlvmVoidType() { }

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer) => printer.Write("void");
}
