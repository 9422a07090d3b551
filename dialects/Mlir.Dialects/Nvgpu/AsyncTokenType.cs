using Mlir.IR.Text;

namespace Mlir.Dialects.Nvgpu;

/// <summary>Stands for copies that are under way: <c>!nvgpu.device.async.token</c>.</summary>
public sealed record AsyncTokenType : IrType
{
    /// <summary>The only instance.</summary>
    public static readonly AsyncTokenType Instance = new();

    private AsyncTokenType() { }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write("!nvgpu.device.async.token");
}
