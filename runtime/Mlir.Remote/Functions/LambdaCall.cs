using System.Buffers.Binary;
using System.Collections.Immutable;
using Google.Protobuf;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;

namespace Mlir.Remote.Functions;

/// <summary>A call of a lambda that this client has defined.</summary>
internal sealed class LambdaCall : PreparedCall
{
    // Larger arrays travel as frames of their own instead of inside the request.
    private const int MaxInlineBytes = 64 << 10;
    private const int SlotBytes = 8;

    private readonly FunctionSource _source;
    private readonly LambdaCode _code;
    private readonly CompiledVersion _version;
    private readonly object[] _leaves;

    /// <summary>Chooses the version that fits the arguments' shapes.</summary>
    /// <param name="source">Where the function's id comes from.</param>
    /// <param name="code">The lambda.</param>
    /// <param name="leaves">The arguments' leaves: scalars of exactly their type, strings, arrays, tensors, arrays of the server.</param>
    public LambdaCall(FunctionSource source, LambdaCode code, object[] leaves)
    {
        (_source, _code, _leaves) = (source, code, leaves);
        _version = code.VersionFor(leaves);
    }

    /// <summary>Whether arguments and results are scalars only.</summary>
    public bool IsPacked => _version.IsPacked;

    /// <summary>The bytes that the results take when packed.</summary>
    public int PackedResultBytes => _code.ResultLayout.Leaves.Length * SlotBytes;

    /// <summary>The function's id, where the server has it; else 0.</summary>
    public ulong FunctionId(SessionEpoch epoch) => _source.TryGetId(epoch, _version);

    /// <summary>Sends the function where the server does not have it.</summary>
    public Task<ulong> DefineAsync(RemoteSession.Link link, CancellationToken cancellationToken) =>
        _source.DefineAsync(link, _version, cancellationToken);

    /// <summary>Writes the arguments, eight bytes each.</summary>
    public int WritePacked(Span<byte> target)
    {
        for (var i = 0; i < _leaves.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[(i * SlotBytes)..], Scalars.ToSlot(_leaves[i]));
        }

        return _leaves.Length * SlotBytes;
    }

    /// <summary>The bytes that the arguments take when packed.</summary>
    public int PackedBytes => _leaves.Length * SlotBytes;

    /// <summary>The result in packed bytes.</summary>
    public object ReadPacked(ReadOnlySpan<byte> packed)
    {
        var layout = _code.ResultLayout;
        if (packed.Length != layout.Leaves.Length * SlotBytes)
        {
            throw Unexpected();
        }

        if (layout.IsLeaf)
        {
            return Scalars.FromSlot(layout.ClrType, BinaryPrimitives.ReadInt64LittleEndian(packed));
        }

        var leaves = new object[layout.Leaves.Length];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Scalars.FromSlot(
                layout.Leaves[i].ClrType,
                BinaryPrimitives.ReadInt64LittleEndian(packed[(i * SlotBytes)..])
            );
        }

        return layout.Build(leaves);
    }

    /// <inheritdoc/>
    public override CallRequest? TryEncode(RemoteSession.Link link)
    {
        var id = _source.TryGetId(link.Epoch, _version);
        if (id == 0)
        {
            return null;
        }

        if (_version.IsPacked)
        {
            return EncodePacked(id);
        }

        var arrays = new ArrayValue?[_leaves.Length];
        for (var i = 0; i < _leaves.Length; i++)
        {
            if (IsArray(i) && (arrays[i] = TryEncodeArray(i, link.Epoch)) is null)
            {
                return null;
            }
        }

        return Encode(id, arrays);
    }

    /// <inheritdoc/>
    public override async Task<CallRequest> EncodeAsync(
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        var id = await _source.DefineAsync(link, _version, cancellationToken).ConfigureAwait(false);
        if (_version.IsPacked)
        {
            return EncodePacked(id);
        }

        var arrays = new ArrayValue?[_leaves.Length];
        for (var i = 0; i < _leaves.Length; i++)
        {
            if (!IsArray(i) || (arrays[i] = TryEncodeArray(i, link.Epoch)) is not null)
            {
                continue;
            }

            ulong buffer;
            if (_leaves[i] is RemoteTensor tensor)
            {
                buffer = await tensor.ResolveAsync(link, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var leaf = _code.Arguments[i].Leaf;
                var info = await ArrayTransfer
                    .UploadAsync(
                        link,
                        SignatureTypes.KindOf(leaf.Element),
                        ArrayElements.ShapeOf(_leaves[i]),
                        ArrayElements.Of(ElementOf(leaf)).MemoryOf(_leaves[i]),
                        null,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                buffer = info.BufferId;
                uploaded.Add(buffer);
            }

            arrays[i] = NewArray(i, ArrayElements.ShapeOf(_leaves[i]));
            arrays[i]!.BufferId = buffer;
        }

        return Encode(id, arrays);
    }

    /// <inheritdoc/>
    public override bool TryDecode(CallResponse response, out object? result)
    {
        result = null;
        if (response.OutputCase == CallResponse.OutputOneofCase.Packed)
        {
            result = ReadPacked(response.Packed.Span);
            return true;
        }

        if (KeepResults)
        {
            return false;
        }

        var values = Flatten(response);
        var leaves = new object[values.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            var leaf = _code.ResultLayout.Leaves[i];
            if (leaf.Kind is LeafKind.Scalar or LeafKind.String)
            {
                leaves[i] = DecodeScalar(values[i], leaf);
            }
            else if (values[i].Array is not { DataCase: not ArrayValue.DataOneofCase.BufferId } array)
            {
                return false;
            }
            else
            {
                var (data, memory, shape) = NewResult(array, leaf);
                var bytes = array.Inline.Span;
                if (bytes.Length != memory.Bytes)
                {
                    throw Unexpected();
                }

                bytes.CopyTo(memory.Slice(0, bytes.Length).Span);
                leaves[i] = ToLeaf(data, shape, leaf);
            }
        }

        result = _code.ResultLayout.Build(leaves);
        return true;
    }

    /// <inheritdoc/>
    public override async Task<object?> DecodeAsync(
        RemoteSession.Link link,
        CallResponse response,
        CancellationToken cancellationToken
    )
    {
        if (TryDecode(response, out var result))
        {
            return result;
        }

        var values = Flatten(response);
        if (KeepResults)
        {
            return Keep(link, values);
        }

        var buffers = values
            .Where(static value => value.Array?.DataCase == ArrayValue.DataOneofCase.BufferId)
            .Select(static value => value.Array.BufferId)
            .ToArray();
        try
        {
            var leaves = new object[values.Count];
            for (var i = 0; i < leaves.Length; i++)
            {
                var leaf = _code.ResultLayout.Leaves[i];
                if (leaf.Kind == LeafKind.Scalar || (leaf.Kind == LeafKind.String && values[i].Array is null))
                {
                    leaves[i] = DecodeScalar(values[i], leaf);
                    continue;
                }

                var array = values[i].Array ?? throw Unexpected();
                var (data, memory, shape) = NewResult(array, leaf);
                if (array.DataCase == ArrayValue.DataOneofCase.BufferId)
                {
                    await ArrayTransfer
                        .DownloadAsync(link, array.BufferId, 0, memory, link.IsLocal, null, cancellationToken)
                        .ConfigureAwait(false);
                }
                else if (array.Inline.Length == memory.Bytes)
                {
                    array.Inline.Span.CopyTo(memory.Slice(0, array.Inline.Length).Span);
                }
                else
                {
                    throw Unexpected();
                }

                leaves[i] = ToLeaf(data, shape, leaf);
            }

            return _code.ResultLayout.Build(leaves);
        }
        finally
        {
            ArrayTransfer.Release(link, buffers);
        }
    }

    /// <inheritdoc/>
    public override void Invalidate(RemoteSession.Link link) => _source.Invalidate(link.Epoch, _version);

    private static RemoteException Unexpected() =>
        new(RemoteErrorKind.Internal, "the server's answer is not of the function's type");

    private static Type ElementOf(LayoutLeaf leaf) =>
        leaf.Kind switch
        {
            LeafKind.String => typeof(char),
            LeafKind.Array => leaf.ClrType.GetElementType()!,
            _ => leaf.ClrType.GetGenericArguments()[0],
        };

    private bool IsArray(int leaf) => _code.Arguments[leaf].Kind is LeafKind.Array or LeafKind.Tensor;

    private CallRequest EncodePacked(ulong id)
    {
        var packed = new byte[PackedBytes];
        WritePacked(packed);
        return new CallRequest { FunctionId = id, Packed = UnsafeByteOperations.UnsafeWrap(packed) };
    }

    private CallRequest Encode(ulong id, ArrayValue?[] arrays)
    {
        var arguments = new Arguments();
        var next = 0;
        foreach (var variable in _code.Variables)
        {
            arguments.Positional.Add(EncodeValue(variable.Layout, arrays, ref next));
        }

        var request = new CallRequest { FunctionId = id, Arguments = arguments };
        if (KeepResults)
        {
            request.Options = new CallOptions { KeepResults = true };
        }

        return request;
    }

    private Value EncodeValue(TypeLayout layout, ArrayValue?[] arrays, ref int next)
    {
        if (!layout.IsLeaf)
        {
            var fields = new StructValue();
            foreach (var member in layout.Members)
            {
                fields.Fields.Add(EncodeValue(member.Layout, arrays, ref next));
            }

            return new Value { Struct = fields };
        }

        var leaf = layout.Leaves[0];
        var value = _leaves[next];
        var array = arrays[next++];
        return leaf.Kind switch
        {
            LeafKind.Scalar => Scalars.ToValue(value, SignatureTypes.KindOf(leaf.Element)),
            LeafKind.String => Values.OfText((string)value),
            _ => new Value { Array = array },
        };
    }

    /// <summary>The array inside the request, or by the id it has at the server; null where it must be sent first.</summary>
    private ArrayValue? TryEncodeArray(int index, SessionEpoch epoch)
    {
        var value = _leaves[index];
        var shape = ArrayElements.ShapeOf(value);
        if (value is RemoteTensor tensor)
        {
            if (!tensor.TryResolve(epoch, out var id))
            {
                return null;
            }

            var array = NewArray(index, shape);
            array.BufferId = id;
            return array;
        }

        var memory = ArrayElements.Of(ElementOf(_code.Arguments[index].Leaf)).MemoryOf(value);
        if (memory.Bytes > MaxInlineBytes)
        {
            return null;
        }

        var inline = NewArray(index, shape);
        inline.Inline = UnsafeByteOperations.UnsafeWrap(memory.Slice(0, (int)memory.Bytes));
        return inline;
    }

    private ArrayValue NewArray(int index, ImmutableArray<long> shape)
    {
        var argument = _code.Arguments[index];
        var array = new ArrayValue { Element = SignatureTypes.KindOf(argument.Element) };
        if (_version.IsFlat && argument.Kind == LeafKind.Tensor)
        {
            array.Shape.Add(ArrayElements.CountOf(shape)); // one dimension stands for all
        }
        else
        {
            array.Shape.AddRange(shape);
        }

        return array;
    }

    /// <summary>The leaves of a result in order.</summary>
    private List<Value> Flatten(CallResponse response)
    {
        var values = new List<Value>();
        Add(response.Result ?? throw Unexpected(), _code.ResultLayout);
        return values;

        void Add(Value value, TypeLayout layout)
        {
            if (layout.IsLeaf)
            {
                values.Add(value);
            }
            else if (value.Struct is { } fields && fields.Fields.Count == layout.Members.Length)
            {
                for (var i = 0; i < layout.Members.Length; i++)
                {
                    Add(fields.Fields[i], layout.Members[i].Layout);
                }
            }
            else
            {
                throw Unexpected();
            }
        }
    }

    private static object DecodeScalar(Value value, LayoutLeaf leaf)
    {
        if (leaf.Kind == LeafKind.String)
        {
            return Values.ToText(value);
        }

        return DataTypes.IsIdentity(Values.TypeOf(value), DataTypes.Scalar(SignatureTypes.KindOf(leaf.Element)))
            ? Scalars.FromSlot(leaf.ClrType, Values.ToSlot(value))
            : throw Unexpected();
    }

    /// <summary>An array for a result, its bytes, and the shape that the user sees.</summary>
    private (Array Data, Transport.ArrayMemory Memory, ImmutableArray<long> Shape) NewResult(
        ArrayValue array,
        LayoutLeaf leaf
    )
    {
        var kind = SignatureTypes.KindOf(leaf.Element);
        var sameElement = array.Element == kind || (kind == ScalarKind.Char && array.Element == ScalarKind.Uint16);
        if (!sameElement || (leaf.Rank >= 0 && array.Shape.Count != leaf.Rank) || array.Shape.Any(size => size < 0))
        {
            throw Unexpected();
        }

        var shape = ResultShape(array, leaf);
        var elements = ArrayElements.Of(ElementOf(leaf));
        var data = elements.NewArray(shape, flat: leaf.Kind != LeafKind.Array);
        return (data, Transport.ArrayMemory.Of(data, elements.Size), shape);
    }

    private ImmutableArray<long> ResultShape(ArrayValue array, LayoutLeaf leaf)
    {
        ImmutableArray<long> own = [.. array.Shape];
        if (!_version.IsFlat || leaf.Kind != LeafKind.Tensor)
        {
            return own;
        }

        for (var i = 0; i < _leaves.Length; i++)
        {
            if (_code.Arguments[i].Kind == LeafKind.Tensor)
            {
                var shape = ArrayElements.ShapeOf(_leaves[i]);
                return ArrayElements.CountOf(shape) == ArrayElements.CountOf(own) ? shape : own;
            }
        }

        return own;
    }

    private static object ToLeaf(Array data, ImmutableArray<long> shape, LayoutLeaf leaf) =>
        leaf.Kind switch
        {
            LeafKind.Array => data,
            LeafKind.String => new string((char[])data),
            _ => ArrayElements.Of(ElementOf(leaf)).ToTensor(data, shape),
        };

    private RemoteTensor Keep(RemoteSession.Link link, List<Value> values)
    {
        if (values is not [{ Array: { DataCase: ArrayValue.DataOneofCase.BufferId } array }])
        {
            throw Unexpected();
        }

        return new RemoteTensor(
            _source.Session,
            link.Epoch,
            array.BufferId,
            array.Element,
            ResultShape(array, _code.ResultLayout.Leaves[0]),
            RemoteTensorOrigin.Kept,
            "the result of a call"
        );
    }
}
