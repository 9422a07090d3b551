using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Debug information passed to intrinsics, <c>!llvm.metadata</c>.</summary>
public sealed record LlvmMetadataType : LlvmType
{
    /// <summary>The only instance.</summary>
    public static readonly LlvmMetadataType Instance = new();

    private LlvmMetadataType() { }

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer) => printer.Write("metadata");
}
