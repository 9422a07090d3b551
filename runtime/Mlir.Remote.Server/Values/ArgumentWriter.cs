using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Values;

/// <summary>Splits the arguments of a call into the leaves that a worker takes: slots for scalars, arrays for the rest.</summary>
/// <param name="layout">The function's layout.</param>
/// <param name="buffers">Finds the arrays that arguments name.</param>
/// <param name="memory">Memory for an array that came in the message and is too large for one to a worker.</param>
internal sealed class ArgumentWriter(
    FunctionLayout layout,
    Func<ulong, ServedBuffer> buffers,
    Func<long, Segment> memory
)
{
    private readonly byte[] _slots = new byte[layout.ScalarParameters * sizeof(long)];
    private readonly ImmutableArray<WorkerArray>.Builder _arrays = ImmutableArray.CreateBuilder<WorkerArray>();
    private int _slot;

    /// <summary>The scalars, eight bytes each.</summary>
    public ReadOnlyMemory<byte> Slots => _slots;

    /// <summary>The arrays.</summary>
    public ImmutableArray<WorkerArray> Arrays => _arrays.ToImmutable();

    /// <summary>Adds an argument.</summary>
    /// <param name="value">The value; of the parameter's type exactly, conversions are made before.</param>
    /// <param name="type">The parameter's type.</param>
    /// <param name="name">The parameter, for messages.</param>
    /// <exception cref="ProtocolException">The value does not have that type.</exception>
    public void Add(Value? value, DataType type, string name)
    {
        switch (type.KindCase)
        {
            case DataType.KindOneofCase.Scalar:
                AddSlot(Overloads.Values.ToSlot(value ?? throw Misfit(value, type.Scalar.CSharpName, name)));
                break;
            case DataType.KindOneofCase.Array:
                AddArray(value, type.Array, name);
                break;
            case DataType.KindOneofCase.Text:
                AddText(value, name);
                break;
            default:
                var fields = type.Struct.Fields;
                if (value?.KindCase != Value.KindOneofCase.Struct || value.Struct.Fields.Count != fields.Count)
                {
                    throw Misfit(value, type.Struct.Name is { Length: > 0 } n ? n : "a tuple", name);
                }

                for (var i = 0; i < fields.Count; i++)
                {
                    Add(value.Struct.Fields[i], fields[i].Type, $"{name}.{fields[i].Name}");
                }

                break;
        }
    }

    private void AddSlot(long slot)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_slots.AsSpan(_slot), slot);
        _slot += sizeof(long);
    }

    private void AddArray(Value? value, ArrayType type, string name)
    {
        if (
            value?.KindCase != Value.KindOneofCase.Array
            || value.Array.Element != type.Element
            || (value.Array.DataCase != ArrayValue.DataOneofCase.BufferId && value.Array.Shape.Count != type.Rank)
        )
        {
            throw Misfit(value, $"{type.Element.CSharpName} array of rank {type.Rank}", name);
        }

        if (value.Array.DataCase == ArrayValue.DataOneofCase.BufferId)
        {
            AddBuffer(buffers(value.Array.BufferId), value.Array, type, name);
            return;
        }

        var bytes = ArrayShape.Bytes(type.Element, value.Array.Shape);
        if (bytes != value.Array.Inline.Length)
        {
            throw new ProtocolException(
                ErrorCode.InvalidRequest,
                $"{name}: an array of [{string.Join(", ", value.Array.Shape)}] {type.Element.CSharpName} has {bytes} bytes, and {value.Array.Inline.Length} came"
            );
        }

        var data = value.Array.Inline.Memory;
        if (type.Element == ScalarKind.Bool)
        {
            CheckBools(data.Span, name);
        }

        Add([.. value.Array.Shape], data);
    }

    /// <summary>A buffer may be passed under another shape of as many elements, for a function that works on flat arrays.</summary>
    private void AddBuffer(ServedBuffer buffer, ArrayValue value, ArrayType type, string name)
    {
        var shape = value.Shape.Count > 0 ? [.. value.Shape] : buffer.Shape;
        if (
            buffer.Element != type.Element
            || shape.Length != type.Rank
            || ArrayShape.Bytes(type.Element, value.Shape) != buffer.Bytes && value.Shape.Count > 0
        )
        {
            throw new ProtocolException(
                ErrorCode.InvalidRequest,
                $"{name} is a {type.Element.CSharpName} array of rank {type.Rank}; buffer {value.BufferId} is {buffer}"
            );
        }

        if (!buffer.IsSealed)
        {
            throw new ProtocolException(
                ErrorCode.InvalidRequest,
                $"{name}: buffer {value.BufferId} is still being written: seal it first"
            );
        }

        _arrays.Add(new WorkerArray(shape, default, buffer.Segment));
    }

    private void AddText(Value? value, string name)
    {
        var text = Overloads.Values.ToText(value ?? throw Misfit(value, "string", name));
        var bytes = MemoryMarshal.AsBytes(text.AsSpan()).ToArray();
        Add([bytes.Length / sizeof(char)], bytes);
    }

    private void Add(ImmutableArray<long> shape, ReadOnlyMemory<byte> data)
    {
        if (data.Length <= WorkerArray.MaxInlineBytes)
        {
            _arrays.Add(new WorkerArray(shape, data, null));
            return;
        }

        var segment = memory(data.Length);
        data.Span.CopyTo(segment.Slice(0, data.Length));
        _arrays.Add(new WorkerArray(shape, default, segment));
    }

    /// <summary>A truth value is 0 or 1; machine code may do anything with other bytes.</summary>
    internal static void CheckBools(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, $"{name}: a bool is a byte of 0 or 1");
        }
    }

    private static ProtocolException Misfit(Value? value, string expected, string name) =>
        new(
            ErrorCode.InvalidRequest,
            $"{name} must be {expected}, and a value of kind {value?.KindCase.ToString().ToLowerInvariant() ?? "none"} came, or one that is out of range"
        );
}
