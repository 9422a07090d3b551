namespace Mlir.Dialects.Nvvm;

/// <summary>The number of threads of a block, along z.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.ntid.z : i32</code></example>
[Op("nvvm.read.ptx.sreg.ntid.z", Format = "attr-dict `:` type($res)")]
public sealed partial class BlockDimZOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.ntid.z";
}
