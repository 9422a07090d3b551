using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>
/// One packed call of a kernel: the slots, the frame, the arrays pinned while it runs, and the arrays that it returns.
/// </summary>
/// <remarks>
/// Rent, push the arguments in order of declaration, <see cref="Run"/>, take the results, dispose. Rented calls are kept
/// per thread, so that a call costs no allocation but its results.
/// </remarks>
internal sealed unsafe partial class KernelCall : IDisposable
{
    [ThreadStatic]
    private static KernelCall? spare;

    private readonly KernelFrame* frame;
    private WeakGCHandle<KernelCall> self;
    private long* slots;
    private int slotCapacity;
    private int next;
    private PinnedGCHandle<object?>[] pins = [];
    private int pinCount;
    private MemoryHandle[] handles = [];
    private int handleCount;
    private Array?[] results = [];
    private KernelSignature signature = null!;

    private KernelCall()
    {
        frame = (KernelFrame*)NativeMemory.AlignedAlloc((nuint)sizeof(KernelFrame), 64);
        self = new WeakGCHandle<KernelCall>(this); // weak, or the call could never be collected
    }

    /// <summary>Frees what <see cref="Dispose"/> keeps for the next call.</summary>
    ~KernelCall()
    {
        foreach (var pin in pins)
        {
            pin.Dispose();
        }

        self.Dispose();

        NativeMemory.AlignedFree(frame);
        NativeMemory.Free(slots);
    }

    /// <summary>Why memory for a result could not be provided, once <see cref="KernelFrame.HostFailure"/> is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The frame that the kernel gets.</summary>
    public KernelFrame* Frame => frame;

    /// <summary>The slots that the kernel gets.</summary>
    public long* Slots => slots;

    /// <summary>Begins a call.</summary>
    /// <param name="signature">The kernel's signature.</param>
    public static KernelCall Rent(KernelSignature signature)
    {
        var call = spare ?? new KernelCall();
        spare = null;
        call.Begin(signature);
        return call;
    }

    /// <summary>Passes a scalar.</summary>
    /// <typeparam name="T">The parameter's .NET type.</typeparam>
    /// <param name="value">The value.</param>
    public void Push<T>(T value)
        where T : unmanaged
    {
        long slot = 0;
        Unsafe.WriteUnaligned(&slot, value);
        slots[next++] = slot;
    }

    /// <summary>Passes a scalar as the slot holds it.</summary>
    /// <param name="slot">The value in the low bytes.</param>
    public void PushSlot(long slot) => slots[next++] = slot;

    /// <summary>Passes a dense row-major array, pinned until the call is disposed.</summary>
    /// <param name="data">A one-dimensional array of the parameter's element type.</param>
    /// <param name="shape">The sizes.</param>
    public void Push(Array data, ReadOnlySpan<long> shape)
    {
        slots[next++] = (nint)Pin(data);
        foreach (var size in shape)
        {
            slots[next++] = size;
        }
    }

    /// <summary>Passes the UTF-16 code units of a string, pinned until the call is disposed.</summary>
    /// <param name="text">The string.</param>
    public void Push(string text)
    {
        Pin((object)text);
        slots[next++] = (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in text.GetPinnableReference()));
        slots[next++] = text.Length;
    }

    /// <summary>Passes a dense tensor, pinned until the call is disposed.</summary>
    /// <typeparam name="T">The parameter's element type.</typeparam>
    /// <param name="tensor">A tensor whose elements lie densely in row-major order.</param>
    public void Push<T>(Tensor<T> tensor) => Push(tensor, tensor.Lengths);

    /// <summary>Passes a dense tensor under another shape of as many elements, pinned until the call is disposed.</summary>
    /// <typeparam name="T">The parameter's element type.</typeparam>
    /// <param name="tensor">A tensor whose elements lie densely in row-major order.</param>
    /// <param name="shape">The sizes that the kernel sees, for example the one of a flattened tensor.</param>
    public void Push<T>(Tensor<T> tensor, ReadOnlySpan<nint> shape)
    {
        if (handleCount == handles.Length)
        {
            Array.Resize(ref handles, Math.Max(4, handleCount * 2));
        }

        handles[handleCount] = tensor.GetPinnedHandle();
        handleCount++;
        slots[next++] = (nint)FirstElement(tensor);
        foreach (var size in shape)
        {
            slots[next++] = size;
        }
    }

    /// <summary>Passes a dense array that stays where it is until the kernel is done.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="shape">The sizes.</param>
    public void PushPinned(void* start, ReadOnlySpan<nint> shape)
    {
        slots[next++] = (nint)start;
        foreach (var size in shape)
        {
            slots[next++] = size;
        }
    }

    /// <summary>Where a pinned tensor's first element lies; the handle points to the array's, which a slice does not begin at.</summary>
    private static void* FirstElement<T>(Tensor<T> tensor) =>
        Unsafe.AsPointer(ref Unsafe.AsRef(in TensorMarshal.GetReference(tensor.AsReadOnlyTensorSpan())));

    /// <summary>Calls the kernel and throws what it reports.</summary>
    /// <param name="entry">The kernel's packed entry point.</param>
    /// <param name="errors">The module's error table.</param>
    public void Run(delegate* unmanaged<void*, void*, void> entry, ImmutableArray<KernelError> errors)
    {
        entry(slots, frame);
        if (frame->Status != 0)
        {
            Throw(errors);
        }
    }

    /// <summary>A scalar result.</summary>
    /// <typeparam name="T">The result's .NET type.</typeparam>
    /// <param name="index">The result.</param>
    public T Scalar<T>(int index)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(slots + ResultSlot(index));

    /// <summary>A scalar result as its slot holds it.</summary>
    /// <param name="index">The result.</param>
    public long ScalarSlot(int index) => slots[ResultSlot(index)];

    /// <summary>The storage of an array result, which is from now on the caller's.</summary>
    /// <param name="index">The result.</param>
    /// <param name="shape">Receives the sizes; as long as the result's rank.</param>
    public Array ArrayResult(int index, Span<long> shape)
    {
        var slot = ResultSlot(index);
        new ReadOnlySpan<long>(slots + slot + 1, shape.Length).CopyTo(shape);
        return results[index] ?? signature.Results[index].ElementType.NewArray(0);
    }

    /// <summary>An array result as a tensor over the storage that the kernel wrote.</summary>
    /// <typeparam name="T">The result's element type.</typeparam>
    /// <param name="index">The result.</param>
    public Tensor<T> TensorResult<T>(int index)
    {
        var slot = ResultSlot(index);
        return TensorResult<T>(index, new ReadOnlySpan<nint>(slots + slot + 1, signature.Results[index].Rank!.Value));
    }

    /// <summary>An array result as a tensor of a given shape, for a kernel that worked on flattened arguments.</summary>
    /// <typeparam name="T">The result's element type.</typeparam>
    /// <param name="index">The result.</param>
    /// <param name="shape">The sizes; their product is the result's.</param>
    public Tensor<T> TensorResult<T>(int index, ReadOnlySpan<nint> shape) =>
        Tensor.Create(Elements<T>(results[index]), shape);

    /// <summary>The storage as an array of exactly the user's type: a copy where .NET tells the types apart, as <c>char</c> and <c>ushort</c>.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="storage">The storage of a result; null for none.</param>
    public static T[] Elements<T>(Array? storage)
    {
        if (storage is null || storage.GetType() == typeof(T[]))
        {
            return Unsafe.As<T[]?>(storage) ?? [];
        }

        var copy = GC.AllocateUninitializedArray<T>(storage.Length);
        ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(storage));
        MemoryMarshal.CreateReadOnlySpan(ref first, storage.Length).CopyTo(copy);
        return copy;
    }

    /// <summary>Unpins the arguments and keeps the call for the thread's next one.</summary>
    public void Dispose()
    {
        for (var i = 0; i < pinCount; i++)
        {
            pins[i].Target = null;
        }

        for (var i = 0; i < handleCount; i++)
        {
            handles[i].Dispose();
            handles[i] = default;
        }

        pinCount = handleCount = 0;
        DropDestinations();
        Array.Clear(results);
        Failure = null;
        spare = this;
    }

    /// <summary>Memory for a result, which the kernel fills while it is pinned.</summary>
    /// <param name="index">The result.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="elementSize">The size of one, as the kernel believes it to be.</param>
    internal void* AllocateResult(int index, long count, int elementSize)
    {
        var type = signature.Results[index].ElementType;
        if (type.Size != elementSize)
        {
            throw new InvalidOperationException($"Result #{index} is {type}, not elements of {elementSize} bytes.");
        }

        if (count < 0 || count > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"Result #{index} would have {count} elements; an array holds {Array.MaxLength}."
            );
        }

        if (destinationCount != 0)
        {
            return destinationCount == Rehearsing
                ? RehearsedResult(index, type, (int)count)
                : DestinationFor(index, count);
        }

        var array = type.NewArray((int)count);
        results[index] = array;
        var data = Pin(array);
        LargePages.Advise(data, count * elementSize);
        return data;
    }

    private void Begin(KernelSignature kernel)
    {
        signature = kernel;
        if (kernel.SlotCount > slotCapacity)
        {
            slotCapacity = Math.Max(16, kernel.SlotCount * 2);
            slots = (long*)NativeMemory.Realloc(slots, (nuint)slotCapacity * sizeof(long));
        }

        if (kernel.Results.Length > results.Length)
        {
            results = new Array?[kernel.Results.Length];
        }

        next = 0;
        KernelCallbacks.Initialize(frame, (void*)WeakGCHandle<KernelCall>.ToIntPtr(self));
    }

    private void* Pin(Array array)
    {
        Pin((object)array);
        return Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
    }

    private void Pin(object memory)
    {
        if (pinCount == pins.Length)
        {
            var old = pins.Length;
            Array.Resize(ref pins, Math.Max(4, old * 2));
            for (var i = old; i < pins.Length; i++)
            {
                pins[i] = new PinnedGCHandle<object?>(null);
            }
        }

        pins[pinCount++].Target = memory;
    }

    private int ResultSlot(int index)
    {
        var slot = signature.FirstResultSlot;
        for (var i = 0; i < index; i++)
        {
            slot += signature.Results[i].SlotCount;
        }

        return slot;
    }

    private void Throw(ImmutableArray<KernelError> errors)
    {
        if (frame->Status == KernelFrame.HostFailure)
        {
            ExceptionDispatchInfo.Throw(
                Failure ?? new OutOfMemoryException("A kernel's temporaries do not fit in memory.")
            );
        }

        var index = frame->Status - 1;
        throw index < errors.Length
            ? errors[index].ToException()
            : new InvalidOperationException($"A kernel reported the unknown status {frame->Status}.");
    }
}
