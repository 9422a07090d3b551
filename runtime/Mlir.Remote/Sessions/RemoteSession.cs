using System.Net.Sockets;
using System.Security.Authentication;
using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Transport;

namespace Mlir.Remote.Sessions;

/// <summary>The client's session: keeps a connection open, opens another when it is lost, and makes requests again that were not answered.</summary>
/// <param name="address">Where the server listens.</param>
/// <param name="options">How to connect and call.</param>
internal sealed class RemoteSession(RemoteAddress address, RemoteOptions options) : IDisposable
{
    // Before the server has said how much it sends at once.
    private const int MaxReceiveBytes = 64 << 20;

    // How often one request is made again before it is believed that the request itself is what ends connections.
    private const int MostRepeats = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly CancellationTokenSource _disposed = new();
    private volatile Link? _link;
    private ByteString _token = ByteString.Empty;
    private string _instance = "";
    private RemoteTransport _transport = options.Transport;

    /// <summary>The connection and what is known over it.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Epoch">What the server knows.</param>
    /// <param name="IsLocal">Whether both sides may share memory: a Unix socket.</param>
    /// <param name="MaxBatchCalls">The most calls that the server takes in a batch.</param>
    public sealed record Link(Connection Connection, SessionEpoch Epoch, bool IsLocal, int MaxBatchCalls);

    /// <summary>How to connect and call.</summary>
    public RemoteOptions Options => options;

    /// <summary>Where the server listens.</summary>
    public RemoteAddress Address => address;

    /// <summary>What the server is.</summary>
    public ServerInfo Server { get; private set; } = new();

    /// <summary>The connection, if it is open.</summary>
    public Link? Current => _link is { Connection.IsOpen: true } link ? link : null;

    /// <summary>Opens the first connection.</summary>
    /// <exception cref="RemoteException">Nothing answers at the address, or not as a remote executor does.</exception>
    /// <exception cref="UnauthorizedAccessException">The server wants another credential.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var deadline = Deadline.After(options.ConnectTimeout);
        using var limited = deadline.Link(cancellationToken, withGrace: false);
        try
        {
            _link = await ConnectAsync(null, limited!.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (limited!.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{address} did not answer within {options.ConnectTimeout.TotalSeconds:0.###} s: is it a remote executor?"
            );
        }
        catch (ProtocolException error)
        {
            throw RemoteErrors.ToException(error.Error);
        }
        catch (Exception error) when (IsConnectFault(error))
        {
            throw Unreachable(error);
        }
    }

    /// <summary>Makes a request, again over another connection where one is lost.</summary>
    /// <param name="attempt">The request.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="mayRepeat">Whether the request may be made twice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RunAsync<T>(
        Func<Link, CancellationToken, Task<T>> attempt,
        Deadline deadline,
        bool mayRepeat,
        CancellationToken cancellationToken
    )
    {
        using var limited = deadline.Link(cancellationToken, withGrace: true);
        var token = limited?.Token ?? cancellationToken;
        try
        {
            for (var repeats = 0; ; repeats++)
            {
                if (repeats > 1)
                {
                    await Task.Delay(FirstPause * (1 << Math.Min(repeats, 7)), token).ConfigureAwait(false);
                }

                if (!mayRepeat)
                {
                    Current?.Connection.CloseIfStale();
                }

                var link = Current ?? await ReopenAsync(deadline, token).ConfigureAwait(false);
                try
                {
                    return await attempt(link, token).ConfigureAwait(false);
                }
                catch (ConnectionLostException error)
                {
                    ThrowIfFinal(error);
                    if (!mayRepeat || repeats == MostRepeats)
                    {
                        throw new RemoteException(
                            RemoteErrorKind.ConnectionLost,
                            mayRepeat
                                ? $"{error.Message}, {repeats + 1} times in this call"
                                : $"{error.Message}, and it is not known whether the server carried the request out",
                            error
                        );
                    }
                }
                catch (ProtocolException error)
                    when (error.Error.Code == ErrorCode.SessionLost && repeats < MostRepeats)
                {
                    link.Connection.Dispose();
                }
                catch (ProtocolException error) when (IsGoing(error) && !token.IsCancellationRequested)
                {
                    // The server is shutting down; another one may take its place.
                    link.Connection.Dispose();
                    if (!mayRepeat || repeats == MostRepeats)
                    {
                        throw new RemoteException(
                            RemoteErrorKind.Unavailable,
                            "the server ended the call because it is shutting down",
                            error
                        );
                    }
                }

                deadline.ThrowIfOver();
            }
        }
        catch (OperationCanceledException)
            when (!cancellationToken.IsCancellationRequested && token.IsCancellationRequested)
        {
            throw deadline.Error();
        }
        catch (ProtocolException error)
        {
            throw RemoteErrors.ToException(error.Error);
        }
    }

    /// <summary>Closes the session and its connection.</summary>
    public async Task CloseAsync()
    {
        if (Current is { } link && !_disposed.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await link
                    .Connection.ExchangeAsync(
                        new ClientMessage { CloseSession = new CloseSessionRequest() },
                        limit.Token
                    )
                    .ConfigureAwait(false);
            }
            catch (Exception error)
                when (error is ConnectionLostException or ProtocolException or OperationCanceledException)
            {
                // The server ends the session by itself then.
            }
        }

        Dispose();
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _link?.Connection.Dispose();
    }

    /// <summary>Opens a connection in the place of a lost one, trying for as long as it is allowed to.</summary>
    private async Task<Link> ReopenAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, typeof(RemoteJit));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await _opening.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                if (Current is { } open)
                {
                    return open; // another call was faster
                }

                var end = Deadline.After(options.ReconnectTimeout);
                for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
                {
                    try
                    {
                        return _link = await ConnectAsync(_link?.Epoch, either.Token).ConfigureAwait(false);
                    }
                    catch (ProtocolException error) when (error.Error.Code != ErrorCode.Unavailable)
                    {
                        throw;
                    }
                    catch (Exception error) when (error is ProtocolException || IsConnectFault(error))
                    {
                        if (deadline.IsOver)
                        {
                            throw new TimeoutException(deadline.Error().Message, error);
                        }

                        if (end.IsOver)
                        {
                            throw Unreachable(error);
                        }
                    }

                    await Task.Delay(Least(pause, deadline, end), either.Token).ConfigureAwait(false);
                }
            }
            finally
            {
                _opening.Release();
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(RemoteJit));
        }
    }

    private async Task<Link> ConnectAsync(SessionEpoch? epoch, CancellationToken cancellationToken)
    {
        const ulong FirstId = 1;
        var frame = Frames.Of(
            new ClientMessage
            {
                Id = FirstId,
                OpenSession = new OpenSessionRequest
                {
                    ClientName = options.ClientName ?? AppDomain.CurrentDomain.FriendlyName,
                    ResumeToken = _token,
                    BearerToken = options.Token ?? "",
                },
            }
        );
        var (connection, opened) = await ConnectAsync(frame, FirstId, cancellationToken).ConfigureAwait(false);
        if (opened.Server?.Limits is { MaxMessageBytes: > 0 } limits)
        {
            connection.MaxSendBytes = (int)Math.Min(limits.MaxMessageBytes, int.MaxValue / 2);
        }

        Server = opened.Server ?? new ServerInfo();
        _token = opened.SessionToken;
        var same = opened.Resumed && opened.ServerInstance == _instance && epoch is not null;
        _instance = opened.ServerInstance;
        return new Link(
            connection,
            same ? epoch! : new SessionEpoch(),
            address.SocketPath is not null,
            (int)Math.Clamp(Server.Limits?.MaxBatchCalls ?? 1, 1u, 1 << 16)
        );
    }

    private async Task<(Connection, OpenSessionResponse)> ConnectAsync(
        byte[] frame,
        ulong firstId,
        CancellationToken cancellationToken
    )
    {
        if (_transport == RemoteTransport.Auto)
        {
            try
            {
                var direct = await ConnectAsync(RemoteTransport.Direct, frame, firstId, cancellationToken)
                    .ConfigureAwait(false);
                _transport = RemoteTransport.Direct;
                return direct;
            }
            catch (ConnectionLostException)
            {
                // Something listens that does not speak the direct transport: perhaps a proxy for HTTP/2.
                try
                {
                    return await ConnectAsync(RemoteTransport.Grpc, frame, firstId, cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (HttpRequestException error) when (error.InnerException is SocketException or null)
                {
                    throw new IOException(error.Message, error);
                }
            }
        }

        return await ConnectAsync(_transport, frame, firstId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Connection, OpenSessionResponse)> ConnectAsync(
        RemoteTransport transport,
        byte[] frame,
        ulong firstId,
        CancellationToken cancellationToken
    )
    {
        var streams =
            transport == RemoteTransport.Grpc
                ? await GrpcConnector.OpenAsync(address, options, frame, cancellationToken).ConfigureAwait(false)
                : await DirectConnector.OpenAsync(address, options, frame, cancellationToken).ConfigureAwait(false);
        var connection = new Connection(streams, MaxReceiveBytes);
        try
        {
            var answer = await connection.ReceiveFirstAsync(firstId).WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer.ResponseCase switch
            {
                ServerMessage.ResponseOneofCase.OpenSession => (connection, answer.OpenSession),
                ServerMessage.ResponseOneofCase.Error => throw new ProtocolException(answer.Error),
                _ => throw new ConnectionLostException("the server answers out of order"),
            };
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (error is ConnectionLostException { InnerException: ProtocolException refused })
            {
                throw refused;
            }

            throw;
        }
    }

    private RemoteException Unreachable(Exception error) =>
        error is AuthenticationException || error.InnerException is AuthenticationException
            ? new RemoteException(
                RemoteErrorKind.Unreachable,
                $"no secure connection to {address}: {(error as AuthenticationException ?? error.InnerException)!.Message} Name the roots to trust in RemoteOptions.TrustedRoots.",
                error
            )
            : new RemoteException(
                RemoteErrorKind.Unreachable,
                $"no server answers at {address}: {error.Message}. Start one with `mlir serve --listen {address}`.",
                error
            );

    private static TimeSpan Least(TimeSpan pause, Deadline deadline, Deadline end)
    {
        pause = pause < end.Remaining ? pause : end.Remaining;
        return deadline.IsNone || pause < deadline.Remaining ? pause : deadline.Remaining;
    }

    private static void ThrowIfFinal(ConnectionLostException error)
    {
        // Such an error would come again with every connection.
        if (
            error.InnerException is ProtocolException
            {
                Error.Code: not (ErrorCode.Unavailable or ErrorCode.SessionLost or ErrorCode.Internal)
            } refused
        )
        {
            throw RemoteErrors.ToException(refused.Error);
        }
    }

    /// <summary>Whether the server is shutting down. It ends calls then that nobody has cancelled.</summary>
    private static bool IsGoing(ProtocolException error) =>
        error.Error.Code is ErrorCode.Unavailable or ErrorCode.Cancelled;

    private static bool IsConnectFault(Exception error) =>
        error is SocketException or IOException or HttpRequestException or AuthenticationException;
}
