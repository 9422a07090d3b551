using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Dataflow;

/// <summary>Values as bytes: scalars, strings, and arrays, tensors and tuples of these. Little-endian; the elements of arrays lie in a row.</summary>
public static class SerializedValues
{
    /// <summary>Writes values.</summary>
    /// <exception cref="SerializationException">A value is null, or of a type that does not travel.</exception>
    public static byte[] Write(params ReadOnlySpan<object?> values)
    {
        var writer = new SerializedWriter();
        writer.WriteNumber(values.Length);
        foreach (var value in values)
        {
            if (value is null)
            {
                throw new SerializationException("null does not travel between processes");
            }

            SerializedTypes.Write(writer, value.GetType());
            WriteValue(writer, value);
        }

        return Envelope.Wrap(SerializedKind.Values, writer.Written);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The bytes, of which nothing is believed.</param>
    /// <param name="limits">How large they may be; null for <see cref="SerializationLimits.Default"/>.</param>
    /// <exception cref="SerializationException">The bytes are damaged or not allowed.</exception>
    public static object[] Read(ReadOnlySpan<byte> bytes, SerializationLimits? limits = null)
    {
        var reader = Envelope.Unwrap(bytes, limits ?? SerializationLimits.Default, out var kind);
        if (kind != SerializedKind.Values)
        {
            throw new SerializationException("the bytes hold a task, not values");
        }

        var values = new object[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(ref reader, SerializedTypes.Read(ref reader));
        }

        reader.End();
        return values;
    }

    private static void WriteValue(SerializedWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                WriteElements(writer, MemoryMarshal.AsBytes(text.AsSpan()), [text.Length]);
                break;
            case Array array:
                Span<nint> lengths = stackalloc nint[array.Rank];
                for (var i = 0; i < lengths.Length; i++)
                {
                    lengths[i] = (nint)array.GetLongLength(i);
                }

                WriteElements(writer, SerializedElements.Of(array.GetType().GetElementType()!).Bytes(array), lengths);
                break;
            case ITuple:
                foreach (var field in SerializedTuples.FieldsOf(value.GetType()))
                {
                    WriteValue(
                        writer,
                        field.GetValue(value)
                            ?? throw new SerializationException("a tuple with a null does not travel between processes")
                    );
                }

                break;
            default:
                var type = value.GetType();
                if (SerializedTypes.IsTensor(type))
                {
                    var dense = SerializedElements.Of(type.GetGenericArguments()[0]).Dense(value, out var sizes);
                    writer.WriteNumber(sizes.Length);
                    WriteElements(writer, dense, sizes);
                }
                else
                {
                    SerializedElements.Of(type).Write(writer, value);
                }

                break;
        }
    }

    private static void WriteElements(SerializedWriter writer, ReadOnlySpan<byte> elements, ReadOnlySpan<nint> lengths)
    {
        foreach (var length in lengths)
        {
            writer.WriteNumber(length);
        }

        writer.WriteBytes(elements);
    }

    private static object ReadValue(ref SerializedReader reader, Type type)
    {
        if (type == typeof(string))
        {
            var length = reader.ReadNumber();
            return new string(
                MemoryMarshal.Cast<byte, char>(reader.ReadBytes(Math.Min(length, int.MaxValue) * sizeof(char)))
            );
        }

        if (type.IsArray)
        {
            return SerializedElements
                .Of(type.GetElementType()!)
                .ReadArray(ref reader, ReadLengths(ref reader, type.GetArrayRank()));
        }

        if (SerializedTypes.IsTensor(type))
        {
            var rank = reader.ReadCount();
            return rank <= SerializedElements.MaxRank
                ? SerializedElements
                    .Of(type.GetGenericArguments()[0])
                    .ReadTensor(ref reader, ReadLengths(ref reader, rank))
                : throw new SerializationException($"a tensor has {rank} dimensions");
        }

        if (!SerializedTypes.IsTuple(type))
        {
            return SerializedElements.Of(type).Read(ref reader);
        }

        var tuple = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in SerializedTuples.FieldsOf(type))
        {
            field.SetValue(tuple, ReadValue(ref reader, field.FieldType));
        }

        return tuple;
    }

    private static nint[] ReadLengths(ref SerializedReader reader, int rank)
    {
        var lengths = new nint[rank];
        for (var i = 0; i < rank; i++)
        {
            var length = reader.ReadNumber();
            lengths[i] =
                length <= Array.MaxLength
                    ? (nint)length
                    : throw new SerializationException($"an array has {length} elements along a dimension");
        }

        return lengths;
    }
}
