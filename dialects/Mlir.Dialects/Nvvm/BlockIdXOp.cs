namespace Mlir.Dialects.Nvvm;

/// <summary>The block's number in the grid, along x.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.ctaid.x : i32</code></example>
[Op("nvvm.read.ptx.sreg.ctaid.x", Format = "attr-dict `:` type($res)")]
public sealed partial class BlockIdXOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.ctaid.x";
}
