namespace Mlir.Dialects.Nvvm;

/// <summary>The number of blocks of the grid, along y.</summary>
/// <example><code>%i = nvvm.read.ptx.sreg.nctaid.y : i32</code></example>
[Op("nvvm.read.ptx.sreg.nctaid.y", Format = "attr-dict `:` type($res)")]
public sealed partial class GridDimYOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>The number.</summary>
    [Result<I32>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.read.ptx.sreg.nctaid.y";
}
