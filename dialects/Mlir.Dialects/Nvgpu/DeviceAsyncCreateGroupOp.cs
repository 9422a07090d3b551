namespace Mlir.Dialects.Nvgpu;

/// <summary>Makes a group of all copies that the thread started since the last one.</summary>
/// <example><code>%g = nvgpu.device_async_create_group %t</code></example>
[Op("nvgpu.device_async_create_group", Format = "$inputTokens attr-dict")]
public sealed partial class DeviceAsyncCreateGroupOp : Operation, IMemoryEffects
{
    /// <summary>Copies of the group.</summary>
    [Operand<DeviceAsyncToken>]
    public partial OperandList InputTokens { get; }

    /// <summary>Stands for the group.</summary>
    [Result<DeviceAsyncToken>]
    public partial OpResult AsyncToken { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
