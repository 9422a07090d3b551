using System.Collections.Immutable;
using Google.Protobuf;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;
using Mlir.Runtime;

namespace Mlir.Remote.Functions;

/// <summary>A call of a module's function. Its result is an <c>object[]</c>: scalars and arrays in order.</summary>
/// <param name="session">The session.</param>
/// <param name="code">The function.</param>
/// <param name="overload">The form of it that takes the arguments' kinds.</param>
/// <param name="arguments">The arguments, checked.</param>
internal sealed class ModuleCall(
    RemoteSession session,
    ModuleCode code,
    Overload overload,
    ImmutableArray<ModuleArgument> arguments
) : PreparedCall
{
    private const int MaxInlineBytes = 64 << 10;

    /// <inheritdoc/>
    public override CallRequest? TryEncode(RemoteSession.Link link) => null;

    /// <inheritdoc/>
    public override async Task<CallRequest> EncodeAsync(
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        var id = await DefineAsync(session, link, overload, cancellationToken).ConfigureAwait(false);
        var values = new Arguments();
        foreach (var argument in arguments)
        {
            values.Positional.Add(
                argument.Scalar
                    ?? new Value
                    {
                        Array = await EncodeArrayAsync(argument, link, uploaded, cancellationToken)
                            .ConfigureAwait(false),
                    }
            );
        }

        return new CallRequest
        {
            FunctionId = id,
            Arguments = values,
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
    public override async Task<object?> DecodeAsync(
        RemoteSession.Link link,
        CallResponse response,
        CancellationToken cancellationToken
    )
    {
        var declared = code.Signature.Results;
        var values =
            declared.Length == 1 ? [response.Result]
            : response.Result?.Struct is { } tuple ? tuple.Fields.ToArray()
            : throw Unexpected();
        if (values.Length != declared.Length)
        {
            throw Unexpected();
        }

        try
        {
            var results = new object[values.Length];
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = declared[i].IsScalar
                    ? DecodeScalar(values[i], declared[i])
                    : await DecodeArrayAsync(values[i], declared[i], link, cancellationToken).ConfigureAwait(false);
            }

            return results;
        }
        finally
        {
            if (!KeepResults)
            {
                ArrayTransfer.Release(
                    link,
                    [
                        .. values
                            .Where(static value => value?.Array?.DataCase == ArrayValue.DataOneofCase.BufferId)
                            .Select(static value => value.Array.BufferId),
                    ]
                );
            }
        }
    }

    /// <inheritdoc/>
    public override void Invalidate(RemoteSession.Link link) => link.Epoch.Functions.TryRemove(overload, out _);

    /// <summary>The function's id; it is sent when the server does not have it.</summary>
    public static async Task<ulong> DefineAsync(
        RemoteSession session,
        RemoteSession.Link link,
        Overload overload,
        CancellationToken cancellationToken
    )
    {
        var ids = await Definitions
            .DefineAsync(
                link,
                overload,
                () => new DefineRequest { Overloads = { overload }, Target = session.Options.Target ?? "" },
                cancellationToken
            )
            .ConfigureAwait(false);
        return ids[0];
    }

    private static RemoteException Unexpected() =>
        new(RemoteErrorKind.Internal, "the server's answer is not of the function's type");

    private static async Task<ArrayValue> EncodeArrayAsync(
        ModuleArgument argument,
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        var array = new ArrayValue { Element = argument.Kind };
        array.Shape.AddRange(argument.Shape);
        if (argument.Tensor is { } tensor)
        {
            array.BufferId = await tensor.ResolveAsync(link, cancellationToken).ConfigureAwait(false);
        }
        else if (argument.Memory!.Bytes <= MaxInlineBytes)
        {
            array.Inline = UnsafeByteOperations.UnsafeWrap(argument.Memory.Slice(0, (int)argument.Memory.Bytes));
        }
        else
        {
            var info = await ArrayTransfer
                .UploadAsync(link, argument.Kind, argument.Shape, argument.Memory, null, cancellationToken)
                .ConfigureAwait(false);
            uploaded.Add(info.BufferId);
            array.BufferId = info.BufferId;
        }

        return array;
    }

    private static object DecodeScalar(Value? value, KernelParameter declared) =>
        value is not null
        && DataTypes.IsIdentity(Values.TypeOf(value), DataTypes.Scalar(ScalarKinds.Of(declared.ElementType)))
            ? ElementTypes.FromSlot(declared.ElementType, Values.ToSlot(value))
            : throw Unexpected();

    private async Task<object> DecodeArrayAsync(
        Value? value,
        KernelParameter declared,
        RemoteSession.Link link,
        CancellationToken cancellationToken
    )
    {
        if (
            value?.Array is not { } array
            || array.Element != ScalarKinds.Of(declared.ElementType)
            || array.Shape.Count != declared.Rank
        )
        {
            throw Unexpected();
        }

        ImmutableArray<long> shape = [.. array.Shape];
        ArrayShape.Bytes(array.Element, array.Shape); // checks the sizes
        if (KeepResults && array.DataCase == ArrayValue.DataOneofCase.BufferId)
        {
            return new RemoteTensor(
                session,
                link.Epoch,
                array.BufferId,
                array.Element,
                shape,
                RemoteTensorOrigin.Kept,
                "the result of a call"
            );
        }

        var elements = ArrayElements.Of(declared.ElementType.ClrType);
        var data = elements.NewArray(shape, flat: true);
        var memory = ArrayMemory.Of(data, elements.Size);
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

        return new HostBuffer(data, shape.AsSpan());
    }
}
