using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>The four services of <see cref="KernelFrame"/>. None lets an exception cross into native code.</summary>
internal static unsafe class KernelCallbacks
{
    /// <summary>Fills a frame's function pointers and clears its status.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="owner">What <see cref="KernelFrame.Owner"/> is to hold: a handle to a <see cref="KernelCall"/>, or null.</param>
    public static void Initialize(KernelFrame* frame, void* owner)
    {
        frame->Status = 0;
        frame->Reserved = 0;
        frame->Owner = owner;
        frame->AllocateResult = &AllocateResult;
        frame->Allocate = &Allocate;
        frame->Free = &Free;
        frame->ParallelFor = &ParallelFor;
    }

    [UnmanagedCallersOnly]
    private static void* AllocateResult(KernelFrame* frame, int index, long count, int elementSize)
    {
        WeakGCHandle<KernelCall>.FromIntPtr((nint)frame->Owner).TryGetTarget(out var call);
        try
        {
            return call!.AllocateResult(index, count, elementSize);
        }
        catch (Exception failure)
        {
            call!.Failure = failure;
            frame->Status = KernelFrame.HostFailure;
            return null;
        }
    }

    [UnmanagedCallersOnly]
    private static void* Allocate(long bytes, long alignment)
    {
        try
        {
            return ScratchMemory.Allocate(bytes, alignment);
        }
        catch (OutOfMemoryException)
        {
            return null; // generated code turns null into a status
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(void* memory) => ScratchMemory.Free(memory);

    [UnmanagedCallersOnly]
    private static void ParallelFor(
        KernelFrame* frame,
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        long count,
        long grain
    ) => WorkerPool.Shared.Run(frame, body, context, count, grain);
}
