namespace Mlir.Dialects.Nvvm;

/// <summary>The number of threads of a block, along y.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.ntid.y : i32</code></example>
[Op("nvvm.read.ptx.sreg.ntid.y", Format = "attr-dict `:` type($res)")]
public sealed partial class BlockDimYOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.ntid.y";
}
