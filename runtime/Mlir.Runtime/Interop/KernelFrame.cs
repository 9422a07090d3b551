using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>
/// What a kernel sees of its caller: a place for its status, and the four services that it may call. Generated code
/// knows this layout (see <see cref="Offsets"/>), so a change here is a change of the kernel ABI.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct KernelFrame
{
    /// <summary>The status of a kernel for which the caller could not provide memory.</summary>
    public const int HostFailure = -1;

    /// <summary>0 while all is well; 1 + index into the module's error table after a failed check; <see cref="HostFailure"/>.</summary>
    public int Status;

    /// <summary>Zero.</summary>
    public int Reserved;

    /// <summary>The caller's own; kernels pass it on and never look inside.</summary>
    public void* Owner;

    /// <summary>
    /// Memory for the elements of result #<c>index</c>: <c>(frame, index, elementCount, elementSize)</c>. Null, with
    /// <see cref="Status"/> set, when there is none.
    /// </summary>
    public delegate* unmanaged<KernelFrame*, int, long, int, void*> AllocateResult;

    /// <summary>Scratch memory: <c>(bytes, alignment)</c>; null when there is none.</summary>
    public delegate* unmanaged<long, long, void*> Allocate;

    /// <summary>Gives scratch memory back; null is ignored.</summary>
    public delegate* unmanaged<void*, void> Free;

    /// <summary>
    /// Runs <c>body(context, begin, end)</c> over sub-ranges that cover 0 … count once, perhaps on several threads:
    /// <c>(frame, body, context, count, grain)</c>. Ranges not yet begun are dropped once <see cref="Status"/> is set.
    /// </summary>
    public delegate* unmanaged<
        KernelFrame*,
        delegate* unmanaged<void*, long, long, void>,
        void*,
        long,
        long,
        void> ParallelFor;

    /// <summary>Where generated code finds each field, in bytes from the frame's start.</summary>
    public static class Offsets
    {
        /// <summary>Offset of <see cref="KernelFrame.Status"/>.</summary>
        public const int Status = 0;

        /// <summary>Offset of <see cref="KernelFrame.Owner"/>.</summary>
        public const int Owner = 8;

        /// <summary>Offset of <see cref="KernelFrame.AllocateResult"/>.</summary>
        public const int AllocateResult = 16;

        /// <summary>Offset of <see cref="KernelFrame.Allocate"/>.</summary>
        public const int Allocate = 24;

        /// <summary>Offset of <see cref="KernelFrame.Free"/>.</summary>
        public const int Free = 32;

        /// <summary>Offset of <see cref="KernelFrame.ParallelFor"/>.</summary>
        public const int ParallelFor = 40;

        /// <summary>The size of the frame.</summary>
        public const int Size = 48;
    }
}
