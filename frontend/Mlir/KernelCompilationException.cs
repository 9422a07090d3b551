namespace Mlir;

/// <summary>A kernel has no version for arguments of these shapes, and none can be compiled; the inner exception says why.</summary>
public sealed class KernelCompilationException : Exception
{
    internal KernelCompilationException(Exception cause)
        : base($"there is no version of the kernel for arguments of these shapes: {cause.Message}", cause) { }
}
