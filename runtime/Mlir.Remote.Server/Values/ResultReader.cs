using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Values;

/// <summary>Puts the leaves that a worker returned together to the value that the client gets.</summary>
/// <param name="result">What the worker returned.</param>
/// <param name="place">Gives an array its place in the answer: inline, or in a buffer of the session.</param>
/// <param name="release">Takes memory back whose contents are in the answer.</param>
internal sealed class ResultReader(
    WorkerResult result,
    Func<Leaf, WorkerArray, ArrayValue> place,
    Action<Segment> release
)
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
                return Overloads.Values.FromSlot(type.Scalar, slot);
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

    private Value Text(WorkerArray array)
    {
        if (array.Segment is not { } segment)
        {
            return Overloads.Values.OfText(MemoryMarshal.Cast<byte, char>(array.Inline.Span));
        }

        var bytes = segment.Slice(0, (int)(array.Shape[0] * sizeof(char)));
        var text = Overloads.Values.OfText(MemoryMarshal.Cast<byte, char>(bytes));
        release(segment);
        return text;
    }
}
