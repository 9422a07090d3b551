namespace Mlir.Backends.Gpu.Memory;

/// <summary>A piece of a device's memory, which the pool hands out whole.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Slab">The slab it was cut from; null for one that was taken from the device by itself.</param>
internal sealed record DeviceBlock(ulong Address, long Bytes, Slab? Slab);
