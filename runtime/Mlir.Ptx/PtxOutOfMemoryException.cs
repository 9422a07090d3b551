namespace Mlir.Ptx;

/// <summary>The machine has less memory left than is asked for.</summary>
public sealed class PtxOutOfMemoryException : PtxException
{
    internal PtxOutOfMemoryException(long requested, long inUse, long capacity)
        : base($"{requested} bytes are asked for, and of {capacity} bytes {inUse} are in use")
    {
        Requested = requested;
    }

    /// <summary>The bytes asked for.</summary>
    public long Requested { get; }
}
