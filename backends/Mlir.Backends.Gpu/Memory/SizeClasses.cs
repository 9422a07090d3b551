using System.Numerics;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>The sizes that blocks have: powers of two up to 1 MiB, cut from slabs, and multiples of 2 MiB.</summary>
internal static class SizeClasses
{
    /// <summary>The smallest block.</summary>
    public const long Smallest = 512;

    /// <summary>The largest block that is cut from a slab.</summary>
    public const long LargestSmall = 1 << 20;

    /// <summary>The size of the block for a request.</summary>
    /// <param name="bytes">At least 0, and at most what a device can have.</param>
    public static long RoundUp(long bytes) =>
        bytes <= Smallest ? Smallest
        : bytes <= LargestSmall ? (long)BitOperations.RoundUpToPowerOf2((ulong)bytes)
        : (bytes + Slab.Bytes - 1) / Slab.Bytes * Slab.Bytes;
}
