using System.Collections.Immutable;
using Google.Protobuf;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;

namespace Mlir.Remote.Functions;

/// <summary>A call by name of a function that another client has defined: the types come from its signature.</summary>
internal sealed class SharedCall : PreparedCall
{
    private const int MaxInlineBytes = 64 << 10;

    private readonly RemoteSession _session;
    private readonly string _name;
    private readonly object[] _arguments;
    private readonly string?[] _names;

    /// <summary>Checks that an overload takes the arguments.</summary>
    /// <exception cref="ProtocolException">None does, or several do equally well.</exception>
    public SharedCall(
        RemoteSession session,
        string name,
        ImmutableArray<Signature> signatures,
        ReadOnlySpan<object?> arguments
    )
    {
        (_session, _name) = (session, name);
        _arguments = new object[arguments.Length];
        _names = new string?[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var named = arguments[i] as NamedArgument;
            _names[i] = named?.Name;
            _arguments[i] =
                (named is null ? arguments[i] : named.Value)
                ?? throw new ArgumentNullException(named?.Name ?? $"argument {i}", $"an argument of {name} is null");
        }

        OverloadResolution.Choose(name, signatures, [.. ArgumentLeaves.TypesOf(arguments).Select(WithRank)]);

        // A tensor's type leaves its rank open, but the signature does not.
        OverloadArgument WithRank(OverloadArgument argument, int i) =>
            argument.Type.Array is { Rank: DataTypes.AnyRank } array
                ? argument with
                {
                    Type = DataTypes.Array(array.Element, (uint)ArrayElements.ShapeOf(_arguments[i]).Length),
                }
                : argument;
    }

    /// <inheritdoc/>
    public override CallRequest? TryEncode(RemoteSession.Link link) => null;

    /// <inheritdoc/>
    public override async Task<CallRequest> EncodeAsync(
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        var arguments = new Arguments();
        for (var i = 0; i < _arguments.Length; i++)
        {
            var value = await EncodeAsync(_arguments[i], link, uploaded, cancellationToken).ConfigureAwait(false);
            if (_names[i] is { } name)
            {
                arguments.Named[name] = value;
            }
            else
            {
                arguments.Positional.Add(value);
            }
        }

        return new CallRequest
        {
            Name = _name,
            Arguments = arguments,
            Options = new CallOptions { KeepResults = KeepResults },
        };
    }

    /// <inheritdoc/>
    public override bool TryDecode(CallResponse response, out object? result)
    {
        result = null;
        return false;
    }

    /// <inheritdoc/>
    public override Task<object?> DecodeAsync(
        RemoteSession.Link link,
        CallResponse response,
        CancellationToken cancellationToken
    ) => DecodeAsync(response.Result ?? throw Unexpected(), link, cancellationToken);

    /// <inheritdoc/>
    public override void Invalidate(RemoteSession.Link link) { }

    private static RemoteException Unexpected() => new(RemoteErrorKind.Internal, "the server's answer cannot be read");

    private static async Task<Value> EncodeAsync(
        object value,
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        if (value is RemoteTensor tensor)
        {
            var resolved = new ArrayValue
            {
                Element = tensor.Kind,
                BufferId = await tensor.ResolveAsync(link, cancellationToken).ConfigureAwait(false),
            };
            resolved.Shape.AddRange(tensor.Shape);
            return new Value { Array = resolved };
        }

        var layout = TypeLayout.Of(value.GetType());
        if (!layout.IsLeaf)
        {
            var fields = new StructValue();
            var leaves = layout.Read(value);
            foreach (var member in layout.Members)
            {
                var part = member.Layout.Build(leaves.AsSpan(member.FirstLeaf, member.Layout.Leaves.Length));
                fields.Fields.Add(await EncodeAsync(part, link, uploaded, cancellationToken).ConfigureAwait(false));
            }

            return new Value { Struct = fields };
        }

        var leaf = layout.Leaves[0];
        var kind = SignatureTypes.KindOf(leaf.Element);
        if (leaf.Kind == LeafKind.Scalar)
        {
            return Scalars.ToValue(value, kind);
        }

        if (leaf.Kind == LeafKind.String)
        {
            return Values.OfText((string)value);
        }

        var shape = ArrayElements.ShapeOf(value);
        var array = new ArrayValue { Element = kind };
        array.Shape.AddRange(shape);
        var element =
            leaf.Kind == LeafKind.Array ? leaf.ClrType.GetElementType()! : leaf.ClrType.GetGenericArguments()[0];
        var memory = ArrayElements.Of(element).MemoryOf(value);
        if (memory.Bytes <= MaxInlineBytes)
        {
            array.Inline = UnsafeByteOperations.UnsafeWrap(memory.Slice(0, (int)memory.Bytes));
            return new Value { Array = array };
        }

        var info = await ArrayTransfer
            .UploadAsync(link, kind, shape, memory, null, cancellationToken)
            .ConfigureAwait(false);
        uploaded.Add(info.BufferId);
        array.BufferId = info.BufferId;
        return new Value { Array = array };
    }

    private async Task<object?> DecodeAsync(Value value, RemoteSession.Link link, CancellationToken cancellationToken)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.Text or Value.KindOneofCase.Utf16:
                return Values.ToText(value);
            case Value.KindOneofCase.Struct:
                var items = new object[value.Struct.Fields.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = (
                        await DecodeAsync(value.Struct.Fields[i], link, cancellationToken).ConfigureAwait(false)
                    )!;
                }

                return ToTuple(items);
            case Value.KindOneofCase.Array:
                return await DecodeArrayAsync(value.Array, link, cancellationToken).ConfigureAwait(false);
            default:
                return Scalars.FromSlot(SignatureTypes.ClrTypeOf(Values.TypeOf(value).Scalar), Values.ToSlot(value));
        }
    }

    private async Task<object> DecodeArrayAsync(
        ArrayValue array,
        RemoteSession.Link link,
        CancellationToken cancellationToken
    )
    {
        ImmutableArray<long> shape = [.. array.Shape];
        ArrayShape.Bytes(array.Element, array.Shape); // checks the sizes
        if (KeepResults && array.DataCase == ArrayValue.DataOneofCase.BufferId)
        {
            return new RemoteTensor(
                _session,
                link.Epoch,
                array.BufferId,
                array.Element,
                shape,
                RemoteTensorOrigin.Kept,
                "the result of a call"
            );
        }

        var elements = ArrayElements.Of(SignatureTypes.ClrTypeOf(array.Element));
        var data = elements.NewArray(shape, flat: shape.Length == 0);
        var memory = ArrayMemory.Of(data, elements.Size);
        if (array.DataCase == ArrayValue.DataOneofCase.BufferId)
        {
            try
            {
                await ArrayTransfer
                    .DownloadAsync(link, array.BufferId, 0, memory, link.IsLocal, null, cancellationToken)
                    .ConfigureAwait(false);
            }
            finally
            {
                ArrayTransfer.Release(link, [array.BufferId]);
            }
        }
        else if (array.Inline.Length == memory.Bytes)
        {
            array.Inline.Span.CopyTo(memory.Slice(0, array.Inline.Length).Span);
        }
        else
        {
            throw Unexpected();
        }

        return shape.Length == 0 ? elements.ToTensor(data, shape) : data;
    }

    /// <summary>The fields of a struct whose type this client does not know: a value tuple, or an array where there are more than seven.</summary>
    private static object ToTuple(object[] items)
    {
        Type? open = items.Length switch
        {
            1 => typeof(ValueTuple<>),
            2 => typeof(ValueTuple<,>),
            3 => typeof(ValueTuple<,,>),
            4 => typeof(ValueTuple<,,,>),
            5 => typeof(ValueTuple<,,,,>),
            6 => typeof(ValueTuple<,,,,,>),
            7 => typeof(ValueTuple<,,,,,,>),
            _ => null,
        };
        return open is null
            ? items
            : Activator.CreateInstance(open.MakeGenericType(Array.ConvertAll(items, item => item.GetType())), items)!;
    }
}
