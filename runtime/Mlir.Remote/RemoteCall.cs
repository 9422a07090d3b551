using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote;

/// <summary>A call that the server makes while the client does something else.</summary>
/// <remarks>The server keeps the answer until it is asked for, also when the connection is lost meanwhile. Thread-safe.</remarks>
public sealed class RemoteCall
{
    private readonly RemoteSession _session;
    private readonly PreparedCall _call;
    private readonly Lock _gate = new();
    private SessionEpoch? _epoch;
    private ulong _id;
    private bool _isCancelled;
    private Task<object?>? _result;

    private RemoteCall(RemoteSession session, PreparedCall call) => (_session, _call) = (session, call);

    /// <summary>Waits for the result.</summary>
    /// <param name="cancellationToken">Stops waiting; the call goes on until <see cref="CancelAsync"/>.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Task<object?> ResultAsync(CancellationToken cancellationToken = default)
    {
        Task<object?> result;
        lock (_gate)
        {
            result = _result ??= CollectAsync();
        }

        return result.WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="ResultAsync(CancellationToken)"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public async Task<T> ResultAsync<T>(CancellationToken cancellationToken = default) =>
        RemoteFunction.As<T>(await ResultAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Waits for the result.</summary>
    public object? Result() => ResultAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Result()"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public T Result<T>() => RemoteFunction.As<T>(Result());

    /// <summary>Stops the call. Nothing happens when it has ended.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task CancelAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _isCancelled = true;
        }

        return _session.RunAsync(
            async (link, token) =>
            {
                try
                {
                    if (link.Epoch == _epoch)
                    {
                        await link
                            .Connection.ExchangeAsync(
                                new ClientMessage { Cancel = new CancelRequest { CallId = _id } },
                                token
                            )
                            .ConfigureAwait(false);
                    }
                }
                catch (ProtocolException error) when (error.Error.Code == ErrorCode.NotFound)
                {
                    // It has ended and been collected.
                }

                return true;
            },
            Deadline.After(_session.Options.Timeout),
            mayRepeat: true,
            cancellationToken
        );
    }

    /// <inheritdoc cref="CancelAsync"/>
    public void Cancel() => CancelAsync().GetAwaiter().GetResult();

    internal static async Task<RemoteCall> SubmitAsync(
        RemoteSession session,
        PreparedCall call,
        CancellationToken cancellationToken
    )
    {
        var submitted = new RemoteCall(session, call);
        await session
            .RunAsync(
                async (link, token) =>
                {
                    await submitted.SubmitAsync(link, token).ConfigureAwait(false);
                    return true;
                },
                Deadline.After(session.Options.Timeout),
                session.Options.RerunLostCalls,
                cancellationToken
            )
            .ConfigureAwait(false);
        return submitted;
    }

    private async Task SubmitAsync(RemoteSession.Link link, CancellationToken cancellationToken)
    {
        List<ulong> uploaded = [];
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    var request =
                        _call.TryEncode(link)
                        ?? await _call.EncodeAsync(link, uploaded, cancellationToken).ConfigureAwait(false);
                    var answer = await link
                        .Connection.ExchangeAsync(
                            new ClientMessage { Submit = new SubmitRequest { Call = request } },
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                    (_epoch, _id) = (link.Epoch, answer.Submit.CallId);
                    return;
                }
                catch (ProtocolException error)
                    when (attempt == 0 && error.Error.Code is (ErrorCode.NotFound or ErrorCode.ModuleNeeded))
                {
                    _call.Invalidate(link);
                }
            }
        }
        finally
        {
            // Calls that read arrays are not disturbed by their release.
            ArrayTransfer.Release(link, uploaded);
        }
    }

    private Task<object?> CollectAsync() =>
        _session.RunAsync(
            async (link, token) =>
            {
                if (link.Epoch != _epoch)
                {
                    if (IsCancelled())
                    {
                        throw new OperationCanceledException("the call was cancelled");
                    }

                    await SubmitAsync(link, token).ConfigureAwait(false); // the server that had it is gone
                }

                var answer = await CollectAsync(link, token).ConfigureAwait(false);
                return _call.TryDecode(answer.Call, out var result)
                    ? result
                    : await _call.DecodeAsync(link, answer.Call, token).ConfigureAwait(false);
            },
            Deadline.After(_session.Options.Timeout),
            _session.Options.RerunLostCalls,
            CancellationToken.None
        );

    private async Task<ServerMessage> CollectAsync(RemoteSession.Link link, CancellationToken cancellationToken)
    {
        try
        {
            return await link
                .Connection.ExchangeAsync(
                    new ClientMessage { Collect = new CollectRequest { CallId = _id } },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ProtocolException error) when (error.Error.Code == ErrorCode.Cancelled && IsCancelled())
        {
            throw new OperationCanceledException("the call was cancelled", error);
        }
    }

    private bool IsCancelled()
    {
        lock (_gate)
        {
            return _isCancelled;
        }
    }
}
