namespace Mlir.Dialects.Gpu;

/// <summary>Waits until all threads of the block are here; what they wrote before is visible to all of them afterwards.</summary>
/// <example><code>gpu.barrier</code></example>
[Op("gpu.barrier", Format = "attr-dict")]
public sealed partial class BarrierOp : Operation, IMemoryEffects
{
    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
