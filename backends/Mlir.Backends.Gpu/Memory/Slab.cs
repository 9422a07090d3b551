namespace Mlir.Backends.Gpu.Memory;

/// <summary>A piece of a device's memory that is cut into blocks of one size.</summary>
/// <param name="address">Where it is.</param>
/// <param name="blockBytes">The size of its blocks.</param>
internal sealed class Slab(ulong address, long blockBytes)
{
    /// <summary>The size of every slab.</summary>
    public const long Bytes = 2 << 20;

    private long cut;

    public ulong Address => address;

    public long BlockBytes => blockBytes;

    /// <summary>How many of its blocks are in use.</summary>
    public int Live { get; set; }

    /// <summary>A block that was never in use; null when all were.</summary>
    public DeviceBlock? Cut()
    {
        if (cut + blockBytes > Bytes)
        {
            return null;
        }

        var block = new DeviceBlock(address + (ulong)cut, blockBytes, this);
        cut += blockBytes;
        return block;
    }
}
