namespace Mlir.Dialects.Nvvm;

/// <summary>Makes a group of all copies that were started since the last one.</summary>
/// <example><code>nvvm.cp.async.commit.group</code></example>
[Op("nvvm.cp.async.commit.group", Format = "attr-dict")]
public sealed partial class CpAsyncCommitGroupOp : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public string Intrinsic => "llvm.nvvm.cp.async.commit.group";
}
