using Mlir.IR.Text;

namespace Mlir.Dialects.Nvgpu;

/// <summary>What NVIDIA's processors do on arrays and vectors: copies behind a thread's back, small matrices spread over a warp.</summary>
[Dialect("nvgpu")]
public sealed partial class NvgpuDialect : Dialect
{
    /// <inheritdoc/>
    public override IrType? ParseType(AsmParser parser, string name) =>
        name == "device.async.token" ? AsyncTokenType.Instance : null;
}
