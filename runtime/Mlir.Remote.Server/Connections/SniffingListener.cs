using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Connections;

/// <summary>
/// Accepts the connections of one address without TLS. Those of the direct transport are served here, straight from their sockets and without the
/// small blocks that Kestrel reads; the others become Kestrel's.
/// </summary>
internal sealed class SniffingListener : IConnectionListener
{
    private const int MaxConnections = 10_000;
    private const int BlockBytes = 128 << 10;
    private static readonly TimeSpan PrefaceTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HalfPrefaceTime = TimeSpan.FromMilliseconds(10);
    private static readonly StreamPipeReaderOptions Reading = new(
        bufferSize: BlockBytes,
        minimumReadSize: BlockBytes / 4,
        useZeroByteReads: true // an idle connection holds no block
    );

    private readonly Socket _listener;
    private readonly SocketConnectionContextFactory _kestrel;
    private readonly Func<StreamConnection, CancellationToken, Task> _serve;
    private readonly Channel<Socket> _others = Channel.CreateUnbounded<Socket>();
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Task, bool> _open = new();
    private readonly Task _accepting;
    private int _count;

    /// <summary>Starts to accept.</summary>
    /// <param name="listener">The socket, listening.</param>
    /// <param name="kestrel">Makes Kestrel's connections.</param>
    /// <param name="serve">Serves a connection of the direct transport, behind its preface.</param>
    public SniffingListener(
        Socket listener,
        SocketConnectionContextFactory kestrel,
        Func<StreamConnection, CancellationToken, Task> serve
    )
    {
        (_listener, _kestrel, _serve) = (listener, kestrel, serve);
        EndPoint = listener.LocalEndPoint!;
        _accepting = AcceptAllAsync();
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _others.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_others.Reader.TryRead(out var socket))
            {
                return _kestrel.Create(socket);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _others.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_open.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_others.Reader.TryRead(out var socket))
        {
            socket.Dispose();
        }

        _kestrel.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset)
            {
                continue; // gone before it was accepted
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return; // unbound
            }

            if (Interlocked.Increment(ref _count) > MaxConnections)
            {
                Interlocked.Decrement(ref _count);
                socket.Dispose();
                continue;
            }

            var task = HandleAsync(socket);
            if (!task.IsCompleted)
            {
                _open[task] = true;
                _ = task.ContinueWith(
                    done => _open.TryRemove(done, out _),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            }
        }
    }

    private async Task HandleAsync(Socket socket)
    {
        var isKestrels = false;
        try
        {
            if (socket.AddressFamily != AddressFamily.Unix)
            {
                socket.NoDelay = true;
            }

            if (!await IsDirectAsync(socket).ConfigureAwait(false))
            {
                isKestrels = _others.Writer.TryWrite(socket);
                return;
            }

            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var input = PipeReader.Create(stream, Reading);
            var output = PipeWriter.Create(stream);
            await _serve(
                    new StreamConnection(input, output, stream, socket.AddressFamily == AddressFamily.Unix),
                    _ended.Token
                )
                .ConfigureAwait(false);
            await input.CompleteAsync().ConfigureAwait(false);
            await output.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            // The client is gone, or said nothing for too long.
        }
        finally
        {
            Interlocked.Decrement(ref _count);
            if (!isKestrels)
            {
                Close(socket);
            }
        }
    }

    /// <summary>Looks at the first bytes, and takes them if they are the preface.</summary>
    private async Task<bool> IsDirectAsync(Socket socket)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        slow.CancelAfter(PrefaceTime);
        var start = new byte[MessageFrame.Preface.Length];
        while (true)
        {
            var count = await socket.ReceiveAsync(start, SocketFlags.Peek, slow.Token).ConfigureAwait(false);
            if (!MessageFrame.Preface.StartsWith(start.AsSpan(0, count)) || count == 0)
            {
                return false;
            }

            if (count == start.Length)
            {
                await socket.ReceiveAsync(start, SocketFlags.None, slow.Token).ConfigureAwait(false);
                return true;
            }

            // A client that sends its preface in pieces is looked at again in a moment.
            await Task.Delay(HalfPrefaceTime, slow.Token).ConfigureAwait(false);
        }
    }

    /// <summary>What was written last still arrives: what the client sent and nobody read must not reset the connection at once.</summary>
    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Closed by the other side already.
        }

        socket.Dispose();
    }
}
