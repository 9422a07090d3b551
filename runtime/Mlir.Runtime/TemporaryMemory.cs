using Mlir.Runtime.Interop;

namespace Mlir.Runtime;

/// <summary>The memory that compiled kernels take for arrays between their loops.</summary>
public static class TemporaryMemory
{
    /// <summary>
    /// The bytes that kernels of this process asked for so far, whether they were mapped anew or used before: the difference around a call is what
    /// that call did not keep in the cache. Small temporaries of known size lie on the stack and do not count.
    /// </summary>
    public static long RequestedBytes => ScratchMemory.RequestedBytes;
}
