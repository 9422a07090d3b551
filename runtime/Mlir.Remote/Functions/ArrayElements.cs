using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Mlir.Remote.Transport;
using Mlir.Runtime.Interop;

namespace Mlir.Remote.Functions;

/// <summary>What the client does with arrays and tensors of one element type that it knows at run time only.</summary>
internal abstract class ArrayElements
{
    private static readonly ConcurrentDictionary<Type, ArrayElements> Known = new();

    /// <summary>The bytes of one element.</summary>
    public abstract int Size { get; }

    /// <summary>For arrays of <paramref name="element"/>.</summary>
    public static ArrayElements Of(Type element) =>
        Known.GetOrAdd(
            element,
            static type => (ArrayElements)Activator.CreateInstance(typeof(OfType<>).MakeGenericType(type))!
        );

    /// <summary>The sizes of an array or a tensor.</summary>
    public static ImmutableArray<long> ShapeOf(object value)
    {
        switch (value)
        {
            case RemoteTensor remote:
                return remote.Shape;
            case Array array:
                var sizes = new long[array.Rank];
                for (var i = 0; i < sizes.Length; i++)
                {
                    sizes[i] = array.GetLongLength(i);
                }

                return ImmutableCollectionsMarshal.AsImmutableArray(sizes);
            default:
                var lengths = ((IReadOnlyTensor)value).Lengths;
                var shape = new long[lengths.Length];
                for (var i = 0; i < shape.Length; i++)
                {
                    shape[i] = lengths[i];
                }

                return ImmutableCollectionsMarshal.AsImmutableArray(shape);
        }
    }

    /// <summary>The number of elements of a shape.</summary>
    public static long CountOf(ImmutableArray<long> shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            count = checked(count * size);
        }

        return count;
    }

    /// <summary>The bytes of an array or a tensor in row-major order: where they lie, or a copy where they do not lie so.</summary>
    public abstract ArrayMemory MemoryOf(object value);

    /// <summary>A new array of the sizes; uninitialized.</summary>
    public abstract Array NewArray(ImmutableArray<long> shape, bool flat);

    /// <summary>A tensor over a flat array.</summary>
    public abstract object ToTensor(Array data, ImmutableArray<long> shape);

    private sealed class OfType<T> : ArrayElements
        where T : unmanaged
    {
        public override unsafe int Size => sizeof(T);

        public override ArrayMemory MemoryOf(object value)
        {
            if (value is Array array)
            {
                return ArrayMemory.Of(array, Size);
            }

            var tensor = (Tensor<T>)value;
            if (IsRowMajor(tensor.Lengths, tensor.Strides))
            {
                return ArrayMemory.Of(tensor);
            }

            var dense = GC.AllocateUninitializedArray<T>(checked((int)tensor.FlattenedLength));
            tensor.FlattenTo(dense);
            return ArrayMemory.Of(dense, Size);
        }

        public override Array NewArray(ImmutableArray<long> shape, bool flat)
        {
            if (flat || shape.Length == 1)
            {
                var count = CountOf(shape);
                return count <= Array.MaxLength
                    ? NewVector((int)count)
                    : throw new RemoteException(
                        RemoteErrorKind.LimitExceeded,
                        $"the result has {count} elements, more than an array of .NET holds: keep it on the server with KeepAsync and stream it"
                    );
            }

            return Array.CreateInstance(typeof(T), shape.AsSpan().ToArray());
        }

        /// <summary>A vector that is about to be filled: in large pages, because each fresh page costs more than the bytes that come into it.</summary>
        private static unsafe T[] NewVector(int count)
        {
            var vector = GC.AllocateUninitializedArray<T>(count);
            fixed (T* first = vector)
            {
                LargePages.Advise(first, (long)count * sizeof(T));
            }

            return vector;
        }

        public override object ToTensor(Array data, ImmutableArray<long> shape)
        {
            var lengths = new nint[shape.Length];
            for (var i = 0; i < lengths.Length; i++)
            {
                lengths[i] = (nint)shape[i];
            }

            return Tensor.Create((T[])data, lengths);
        }

        private static bool IsRowMajor(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
        {
            nint expected = 1;
            for (var i = lengths.Length - 1; i >= 0; i--)
            {
                if (lengths[i] != 1)
                {
                    if (strides[i] != expected && lengths[i] != 0)
                    {
                        return false;
                    }

                    expected *= lengths[i];
                }
            }

            return true;
        }
    }
}
