namespace Mlir.Dialects.Nvvm;

/// <summary>The thread's number in its warp.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.laneid : i32</code></example>
[Op("nvvm.read.ptx.sreg.laneid", Format = "attr-dict `:` type($res)")]
public sealed partial class LaneIdOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.laneid";
}
