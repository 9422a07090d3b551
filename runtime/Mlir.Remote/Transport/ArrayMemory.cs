using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Remote.Transport;

/// <summary>The bytes of an array where it lies, for sending and receiving without a copy.</summary>
internal abstract class ArrayMemory
{
    /// <summary>The number of bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>A part of the bytes.</summary>
    public abstract Memory<byte> Slice(long offset, int length);

    /// <summary>The bytes of an array of any rank.</summary>
    public static ArrayMemory Of(Array array, int elementSize) => new OfArray(array, array.LongLength * elementSize);

    /// <summary>The bytes of a dense tensor.</summary>
    public static ArrayMemory Of<T>(Tensor<T> tensor)
        where T : unmanaged => new OfTensor<T>(tensor, tensor.FlattenedLength * (long)Unsafe.SizeOf<T>());

    private sealed class OfArray(Array array, long bytes) : ArrayMemory
    {
        public override long Bytes => bytes;

        public override Memory<byte> Slice(long offset, int length)
        {
            CheckRange(offset, length);
            return new ArrayWindow(array, offset, length).Memory;
        }
    }

    private sealed class OfTensor<T>(Tensor<T> tensor, long bytes) : ArrayMemory
        where T : unmanaged
    {
        public override long Bytes => bytes;

        public override Memory<byte> Slice(long offset, int length)
        {
            CheckRange(offset, length);
            return new TensorWindow<T>(tensor, offset, length).Memory;
        }
    }

    private sealed class ArrayWindow(Array array, long offset, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() =>
            length == 0
                ? []
                : MemoryMarshal.CreateSpan(
                    ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(array), (nint)offset),
                    length
                );

        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
            ref var first = ref MemoryMarshal.GetArrayDataReference(array);
            return new MemoryHandle((byte*)Unsafe.AsPointer(ref first) + offset + elementIndex, handle);
        }

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }

    private sealed class TensorWindow<T>(Tensor<T> tensor, long offset, int length) : MemoryManager<byte>
        where T : unmanaged
    {
        /// <summary>The first byte. Of a slice the tensor itself names the first byte of the whole storage; the span knows better.</summary>
        private ref byte First => ref Unsafe.As<T, byte>(ref tensor.AsTensorSpan().GetPinnableReference());

        public override Span<byte> GetSpan() =>
            length == 0 ? [] : MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref First, (nint)offset), length);

        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            var pinned = tensor.GetPinnedHandle();
            return new MemoryHandle(
                (byte*)Unsafe.AsPointer(ref First) + offset + elementIndex,
                pinnable: new Pinned(pinned)
            );
        }

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }

    /// <summary>Holds a tensor in its place until the handle made over it is disposed.</summary>
    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        public MemoryHandle Pin(int elementIndex) => default;

        public void Unpin() => handle.Dispose();
    }

    private void CheckRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Bytes - length);
    }
}
