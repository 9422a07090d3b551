namespace Mlir.Ptx;

/// <summary>A launch that is refused before anything runs.</summary>
public sealed class PtxLaunchException : PtxException
{
    internal PtxLaunchException(string message)
        : base(message) { }
}
