namespace Mlir.Ptx;

/// <summary>A copy or a release, asked for by the host, that does not lie inside of one live allocation.</summary>
public sealed class PtxMemoryException : PtxException
{
    internal PtxMemoryException(string message)
        : base(message) { }
}
