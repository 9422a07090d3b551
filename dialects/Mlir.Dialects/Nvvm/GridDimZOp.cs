namespace Mlir.Dialects.Nvvm;

/// <summary>The number of blocks of the grid, along z.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.nctaid.z : i32</code></example>
[Op("nvvm.read.ptx.sreg.nctaid.z", Format = "attr-dict `:` type($res)")]
public sealed partial class GridDimZOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.nctaid.z";
}
