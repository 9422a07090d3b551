using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;

namespace Mlir.Remote.Functions;

/// <summary>Makes calls.</summary>
internal static class CallRunner
{
    /// <summary>Makes a call and blocks for its result.</summary>
    public static object? Run(
        RemoteSession session,
        PreparedCall call,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        timeout ??= session.Options.Timeout;
        if (
            timeout is null
            && !cancellationToken.CanBeCanceled
            && session.Current is { } link
            && call.TryEncode(link) is { } request
        )
        {
            try
            {
                var answer = link.Connection.Exchange(new ClientMessage { Call = request });
                return call.TryDecode(answer.Call, out var result)
                    ? result
                    : call.DecodeAsync(link, answer.Call, default).GetAwaiter().GetResult();
            }
            catch (ConnectionLostException) when (session.Options.RerunLostCalls)
            {
                // Once more, over another connection.
            }
            catch (ConnectionLostException error)
            {
                throw Lost(error);
            }
            catch (ProtocolException error) when (IsWorthAnotherTry(error))
            {
                call.Invalidate(link);
            }
            catch (ProtocolException error)
            {
                throw RemoteErrors.ToException(error.Error);
            }
        }

        return RunAsync(session, call, timeout, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Makes a call.</summary>
    public static Task<object?> RunAsync(
        RemoteSession session,
        PreparedCall call,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        var deadline = Deadline.After(timeout ?? session.Options.Timeout);
        return session.RunAsync(
            async (link, token) =>
            {
                var retried = false;
                while (true)
                {
                    List<ulong> uploaded = [];
                    try
                    {
                        var request =
                            call.TryEncode(link) ?? await call.EncodeAsync(link, uploaded, token).ConfigureAwait(false);
                        if (deadline.ForServer() is > 0 and var milliseconds)
                        {
                            (request.Options ??= new CallOptions()).TimeoutMilliseconds = milliseconds;
                        }

                        var answer = await link
                            .Connection.ExchangeAsync(new ClientMessage { Call = request }, token)
                            .ConfigureAwait(false);
                        return call.TryDecode(answer.Call, out var result)
                            ? result
                            : await call.DecodeAsync(link, answer.Call, token).ConfigureAwait(false);
                    }
                    catch (ProtocolException error)
                        when (!retried && error.Error.Code is (ErrorCode.NotFound or ErrorCode.ModuleNeeded))
                    {
                        retried = true;
                        call.Invalidate(link);
                    }
                    finally
                    {
                        ArrayTransfer.Release(link, uploaded);
                    }
                }
            },
            deadline,
            session.Options.RerunLostCalls,
            cancellationToken
        );
    }

    /// <summary>Whether the server may only have forgotten the function, or is shutting down.</summary>
    private static bool IsWorthAnotherTry(ProtocolException error) =>
        error.Error.Code
            is ErrorCode.NotFound
                or ErrorCode.ModuleNeeded
                or ErrorCode.SessionLost
                or ErrorCode.Cancelled
                or ErrorCode.Unavailable;

    private static RemoteException Lost(ConnectionLostException error) =>
        new(
            RemoteErrorKind.ConnectionLost,
            $"{error.Message}, and it is not known whether the server carried the call out; with RemoteOptions.RerunLostCalls it would be made again",
            error
        );
}
