namespace Mlir.Dialects.Nvvm;

/// <summary>The thread's number in its block, along z.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.tid.z : i32</code></example>
[Op("nvvm.read.ptx.sreg.tid.z", Format = "attr-dict `:` type($res)")]
public sealed partial class ThreadIdZOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.tid.z";
}
