using System.Runtime.InteropServices;
using Mlir.Runtime.Interop;

namespace Mlir.Remote.Worker.Execution;

/// <summary>The services of <see cref="KernelFrame"/> for kernels of strangers: counted, limited, and never showing what others left in memory.</summary>
internal static unsafe class KernelServices
{
    /// <summary>The call that is running; one at a time, whatever the number of threads that work on it.</summary>
    public static CallFrame? Current { get; set; }

    /// <summary>Fills a frame's function pointers.</summary>
    public static void Initialize(KernelFrame* frame)
    {
        frame->Status = 0;
        frame->Reserved = 0;
        frame->Owner = null;
        frame->AllocateResult = &AllocateResult;
        frame->Allocate = &Allocate;
        frame->Free = &Free;
        frame->ParallelFor = &ParallelFor;
    }

    [UnmanagedCallersOnly]
    private static void* AllocateResult(KernelFrame* frame, int index, long count, int elementSize)
    {
        try
        {
            return Current!.AllocateResult(index, count, elementSize);
        }
        catch (Exception failure)
        {
            Current!.Refuse(failure);
            frame->Status = KernelFrame.HostFailure;
            return null;
        }
    }

    [UnmanagedCallersOnly]
    private static void* Allocate(long bytes, long alignment)
    {
        var call = Current!;
        try
        {
            // Counted before it is taken: what does not fit must not be touched.
            call.Charge(bytes >= 0 ? bytes : long.MaxValue / 2);
            var memory = ScratchMemory.Allocate(bytes, alignment);
            call.Charge(ScratchMemory.CapacityOf(memory) - bytes);
            NativeMemory.Clear(memory, (nuint)bytes);
            return memory;
        }
        catch (Exception failure) when (failure is MemoryLimitException or OutOfMemoryException)
        {
            call.Refuse(failure);
            return null; // generated code turns null into a status
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(void* memory)
    {
        if (memory is not null)
        {
            Current!.Refund(ScratchMemory.CapacityOf(memory));
            ScratchMemory.Free(memory);
        }
    }

    [UnmanagedCallersOnly]
    private static void ParallelFor(
        KernelFrame* frame,
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        long count,
        long grain
    ) => Mlir.Runtime.WorkerPool.Shared.Run(frame, body, context, count, grain);
}
