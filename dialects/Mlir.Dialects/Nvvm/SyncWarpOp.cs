namespace Mlir.Dialects.Nvvm;

/// <summary>Waits until the lanes of a mask are here.</summary>
/// <example><code>nvvm.bar.warp.sync %mask : i32</code></example>
[Op("nvvm.bar.warp.sync", Format = "$mask attr-dict `:` type($mask)")]
public sealed partial class SyncWarpOp : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <summary>One bit a lane.</summary>
    [Operand<I32>]
    public partial Value Mask { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.bar.warp.sync";
}
