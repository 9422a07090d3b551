using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A value that ties intrinsics together, <c>!llvm.token</c>.</summary>
public sealed record LlvmTokenType : LlvmType
{
    /// <summary>The only instance.</summary>
    public static readonly LlvmTokenType Instance = new();

    private LlvmTokenType() { }

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer) => printer.Write("token");
}
