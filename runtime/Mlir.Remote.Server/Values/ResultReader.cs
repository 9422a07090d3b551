using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Values;

/// <summary>Puts the leaves that a worker returned together to the value that the client gets.</summary>
/// <param name="result">What the worker returned.</param>
/// <param name="place">Gives an array its place in the answer: inline, or in a buffer of the session.</param>
internal sealed class ResultReader(WorkerResult result, Func<Leaf, WorkerArray, ArrayValue> place)
{
    private int _slot;
    private int _array;

    /// <summary>Reads the value of a type.</summary>
    public Value Read(DataType type)
    {
        switch (type.KindCase)
        {
            case DataType.KindOneofCase.Scalar:
                var slot = BinaryPrimitives.ReadInt64LittleEndian(result.Packed.Span[_slot..]);
                _slot += sizeof(long);
                return Scalar(type.Scalar, slot);
            case DataType.KindOneofCase.Array:
                return new Value
                {
                    Array = place(
                        new Leaf(type.Array.Element, (int)type.Array.Rank, IsText: false),
                        result.Arrays[_array++]
                    ),
                };
            case DataType.KindOneofCase.Text:
                return Text(result.Arrays[_array++]);
            default:
                var fields = new StructValue();
                foreach (var field in type.Struct.Fields)
                {
                    fields.Fields.Add(Read(field.Type));
                }

                return new Value { Struct = fields };
        }
    }

    private static Value Scalar(ScalarKind kind, long slot) =>
        kind switch
        {
            ScalarKind.Bool => new Value { Bool = (slot & 1) != 0 },
            ScalarKind.Int8 => new Value { Int8 = (sbyte)slot },
            ScalarKind.Int16 => new Value { Int16 = (short)slot },
            ScalarKind.Int32 => new Value { Int32 = (int)slot },
            ScalarKind.Int64 => new Value { Int64 = slot },
            ScalarKind.Uint8 => new Value { Uint8 = (byte)slot },
            ScalarKind.Uint16 => new Value { Uint16 = (ushort)slot },
            ScalarKind.Uint32 => new Value { Uint32 = (uint)slot },
            ScalarKind.Uint64 => new Value { Uint64 = (ulong)slot },
            ScalarKind.Float16 => new Value { Float16 = (ushort)slot },
            ScalarKind.Float32 => new Value { Float32 = BitConverter.UInt32BitsToSingle((uint)slot) },
            ScalarKind.Float64 => new Value { Float64 = BitConverter.Int64BitsToDouble(slot) },
            _ => new Value { Char = (char)slot },
        };

    private static Value Text(WorkerArray array)
    {
        var bytes = array.Segment is { } segment
            ? segment.Slice(0, (int)(array.Shape[0] * sizeof(char)))
            : array.Inline.Span;
        var text = new string(MemoryMarshal.Cast<byte, char>(bytes));

        // Half a surrogate pair is a string of C# but no text of protobuf.
        return IsValidUnicode(text) ? new Value { Text = text } : new Value { Utf16 = ByteString.CopyFrom(bytes) };
    }

    private static bool IsValidUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }
}
