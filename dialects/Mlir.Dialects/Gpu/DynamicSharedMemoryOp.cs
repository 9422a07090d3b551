namespace Mlir.Dialects.Gpu;

/// <summary>The shared memory that a launch gives each block on top of what the kernel declares.</summary>
/// <example><code>%m = gpu.dynamic_shared_memory : memref&lt;?xi8, #gpu.address_space&lt;workgroup>></code></example>
[Op("gpu.dynamic_shared_memory", Format = "attr-dict `:` type($result)")]
public sealed partial class DynamicSharedMemoryOp : Operation, IPure
{
    /// <summary>Its bytes.</summary>
    [Result<AnyMemRef>]
    public partial OpResult Result { get; }
}
