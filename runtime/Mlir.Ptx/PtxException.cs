namespace Mlir.Ptx;

/// <summary>What the PTX machine refuses or finds wrong.</summary>
public abstract class PtxException : Exception
{
    private protected PtxException(string message)
        : base(message) { }
}
