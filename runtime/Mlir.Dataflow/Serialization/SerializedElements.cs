using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Dataflow;

/// <summary>Reads and writes scalars of one type, and arrays and tensors of them.</summary>
internal abstract class SerializedElements
{
    /// <summary>The most dimensions of a tensor.</summary>
    public const int MaxRank = 32;

    private static readonly ConcurrentDictionary<Type, SerializedElements> Known = new();

    /// <summary>The reader and writer for a scalar type.</summary>
    public static SerializedElements Of(Type type) =>
        Known.GetOrAdd(
            type,
            t =>
                SerializedTypes.IsScalar(t)
                    ? (SerializedElements)Activator.CreateInstance(typeof(For<>).MakeGenericType(t))!
                    : throw new SerializationException(
                        $"values of type {TypeName.Of(t)} do not travel between processes"
                    )
        );

    /// <summary>Writes a scalar.</summary>
    public abstract void Write(SerializedWriter writer, object value);

    /// <summary>The bytes of an array of any rank.</summary>
    public abstract ReadOnlySpan<byte> Bytes(Array array);

    /// <summary>The bytes of a tensor's elements in a row, and its sizes.</summary>
    public abstract ReadOnlySpan<byte> Dense(object tensor, out ReadOnlySpan<nint> sizes);

    /// <summary>Reads a scalar.</summary>
    public abstract object Read(ref SerializedReader reader);

    /// <summary>Reads an array.</summary>
    public abstract Array ReadArray(ref SerializedReader reader, nint[] lengths);

    /// <summary>Reads a tensor.</summary>
    public abstract object ReadTensor(ref SerializedReader reader, nint[] lengths);

    private sealed class For<T> : SerializedElements
        where T : unmanaged
    {
        public override void Write(SerializedWriter writer, object value)
        {
            var scalar = (T)value;
            writer.WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref scalar)));
        }

        public override ReadOnlySpan<byte> Bytes(Array array) =>
            MemoryMarshal.CreateReadOnlySpan(
                ref MemoryMarshal.GetArrayDataReference(array),
                checked(array.Length * Unsafe.SizeOf<T>())
            );

        public override ReadOnlySpan<byte> Dense(object tensor, out ReadOnlySpan<nint> sizes)
        {
            var typed = (Tensor<T>)tensor;
            sizes = typed.Lengths;
            var elements = new T[typed.FlattenedLength];
            typed.FlattenTo(elements);
            return MemoryMarshal.AsBytes<T>(elements);
        }

        public override object Read(ref SerializedReader reader) => ReadElements(ref reader, [])[0];

        public override Array ReadArray(ref SerializedReader reader, nint[] lengths)
        {
            var elements = ReadElements(ref reader, lengths);
            if (lengths.Length == 1)
            {
                return elements;
            }

            var array = Array.CreateInstance(typeof(T), [.. lengths.Select(l => (long)l)]);
            MemoryMarshal
                .AsBytes<T>(elements)
                .CopyTo(
                    MemoryMarshal.CreateSpan(
                        ref MemoryMarshal.GetArrayDataReference(array),
                        elements.Length * Unsafe.SizeOf<T>()
                    )
                );
            return array;
        }

        public override object ReadTensor(ref SerializedReader reader, nint[] lengths) =>
            Tensor.Create(ReadElements(ref reader, lengths), lengths);

        private static T[] ReadElements(ref SerializedReader reader, nint[] lengths)
        {
            Int128 count = 1;
            foreach (var length in lengths)
            {
                // A length is below 2³¹ and the count below what is left, so that neither product overflows.
                count = Int128.Min(count * length, long.MaxValue / 16);
            }

            var bytes = reader.ReadBytes((long)count * Unsafe.SizeOf<T>());
            var elements = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
            if (typeof(T) == typeof(bool) && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
            {
                throw new SerializationException("a truth value is neither 0 nor 1");
            }

            return elements;
        }
    }
}
