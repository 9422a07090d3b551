namespace Mlir.Lowering;

/// <summary>Where kernels find the fields of the frame that their caller passes, in bytes: the kernel ABI, as the runtime lays it out.</summary>
internal static class FrameLayout
{
    /// <summary>The status, an <c>i32</c>: 0 while all is well, otherwise 1 + an index into the module's error table.</summary>
    public const int Status = 0;

    /// <summary>The status of a kernel that found no memory.</summary>
    public const int OutOfMemory = -1;

    /// <summary><c>ptr (ptr frame, i32 result, i64 count, i32 size)</c>: memory for a result.</summary>
    public const int AllocateResult = 16;

    /// <summary><c>ptr (i64 bytes, i64 alignment)</c>: scratch memory.</summary>
    public const int Allocate = 24;

    /// <summary><c>void (ptr)</c>: gives scratch memory back; null is ignored.</summary>
    public const int Free = 32;

    /// <summary><c>void (ptr frame, ptr body, ptr context, i64 count, i64 grain)</c>: runs a body over pieces of a range.</summary>
    public const int ParallelFor = 40;

    /// <summary>The alignment of scratch memory without one of its own, in bytes.</summary>
    public const int DefaultAlignment = 64;
}
