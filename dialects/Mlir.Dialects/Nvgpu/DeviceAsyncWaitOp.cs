namespace Mlir.Dialects.Nvgpu;

/// <summary>Waits until at most so many of the thread's latest groups of copies are under way.</summary>
/// <example><code>nvgpu.device_async_wait %g {numGroups = 1 : i32}</code></example>
[Op("nvgpu.device_async_wait", Format = "$asyncDependencies attr-dict")]
public sealed partial class DeviceAsyncWaitOp : Operation, IMemoryEffects
{
    /// <summary>The latest group.</summary>
    [Operand<DeviceAsyncToken>]
    public partial Value AsyncDependencies { get; }

    /// <summary>How many groups may still be under way; none where it is missing.</summary>
    [Attr(Type = "i32")]
    public partial int? NumGroups { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
