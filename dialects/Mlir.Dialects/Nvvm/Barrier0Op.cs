namespace Mlir.Dialects.Nvvm;

/// <summary>Waits until all threads of the block are here.</summary>
/// <example><code>nvvm.barrier0</code></example>
[Op("nvvm.barrier0", Format = "attr-dict")]
public sealed partial class Barrier0Op : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.barrier0";
}
