using System.Collections.Concurrent;
using System.Net.Sockets;
using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>One open connection: requests of many threads over one pair of streams, matched to their answers by id.</summary>
/// <remarks>
/// Nobody reads while nobody waits. A thread that blocks for an answer reads by itself, so that a call costs no switch between threads; others that
/// wait meanwhile are woken by it, and one of them reads on when it leaves. Where only tasks wait, a loop on the thread pool reads. Small requests
/// are gathered while another thread is sending.
/// </remarks>
internal sealed class Connection : IDisposable
{
    private readonly TransportStreams _streams;
    private readonly int _maxMessageBytes;
    private readonly ConcurrentDictionary<ulong, PendingRequest> _pending = new();
    private long _lastId;
    private volatile Exception? _failure;

    // Sending. The semaphore is held by whoever writes to the stream; what others add meanwhile it sends before it lets go.
    private readonly Lock _sendGate = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _filling = new byte[4096];
    private byte[] _draining = new byte[4096];
    private int _filled;

    // Reading. The flag says that somebody does; the others wait among the followers.
    private readonly Lock _readGate = new();
    private readonly HashSet<PendingRequest> _followers = [];
    private bool _reading;
    private int _tasks;
    private readonly FrameReader _reader;

    /// <summary>Takes over open streams whose next frame from the server is the answer to the first message.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="maxMessageBytes">The largest frame that is accepted.</param>
    public Connection(TransportStreams streams, int maxMessageBytes)
    {
        (_streams, _maxMessageBytes) = (streams, maxMessageBytes);
        _reader = new FrameReader(maxMessageBytes);
    }

    /// <summary>Whether array bytes travel as frames of their own.</summary>
    public bool HasBulkFrames => _streams.HasBulkFrames;

    /// <summary>Whether the connection can be used, as far as is known.</summary>
    public bool IsOpen => _failure is null;

    /// <summary>The largest message that the server takes.</summary>
    public int MaxSendBytes { get; set; } = 4 << 20;

    /// <summary>Closes the connection where nobody waits for an answer and the server has closed its end.</summary>
    public void CloseIfStale()
    {
        if (_pending.IsEmpty && _streams.IsClosedByServer())
        {
            Dispose();
        }
    }

    /// <summary>Waits for the answer to a message that was sent while the streams were opened.</summary>
    public Task<ServerMessage> ReceiveFirstAsync(ulong id)
    {
        var request = PendingRequest.ForTask(id);
        _lastId = (long)id;
        Register(request);
        EnsureReader();
        return request.Task;
    }

    /// <summary>Sends a request and blocks until its answer comes.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before.</exception>
    /// <exception cref="ProtocolException">The server answered with an error.</exception>
    public ServerMessage Exchange(ClientMessage message)
    {
        var request = PendingRequest.ForThread(NextId());
        message.Id = request.Id;
        Register(request);
        try
        {
            Send(message);
        }
        catch
        {
            _pending.TryRemove(request.Id, out _);
            throw;
        }

        Await(request);
        return Checked(request.Result());
    }

    /// <summary>Sends a request; the task completes when its answer comes.</summary>
    /// <param name="message">The request.</param>
    /// <param name="cancellationToken">Tells the server that the answer is no longer wanted.</param>
    /// <param name="sink">Where the bytes of an array go that is asked for.</param>
    /// <param name="sinkStart">The place in the whole array of the first byte of the sink.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <exception cref="ConnectionLostException">The connection ended before.</exception>
    /// <exception cref="ProtocolException">The server answered with an error.</exception>
    public async Task<ServerMessage> ExchangeAsync(
        ClientMessage message,
        CancellationToken cancellationToken,
        ArrayMemory? sink = null,
        long sinkStart = 0,
        Action<long>? progress = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = PendingRequest.ForTask(NextId(), sink, sinkStart, progress);
        message.Id = request.Id;
        Register(request);
        try
        {
            Send(message);
        }
        catch
        {
            Forget(request);
            throw;
        }

        EnsureReader();
        return Checked(await WaitAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends a part of an array; the task completes when the server has it.</summary>
    public async Task<Task<ServerMessage>> WriteAsync(
        ulong bufferId,
        long offset,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        var request = PendingRequest.ForTask(NextId());
        Register(request);
        try
        {
            if (HasBulkFrames)
            {
                await SendBulkAsync(request.Id, bufferId, offset, data, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var part = UnsafeByteOperations.UnsafeWrap(data);
                Send(
                    new ClientMessage
                    {
                        Id = request.Id,
                        Write = new WriteRequest
                        {
                            BufferId = bufferId,
                            Offset = (ulong)offset,
                            Data = part,
                        },
                    }
                );
            }
        }
        catch
        {
            Forget(request);
            throw;
        }

        EnsureReader();
        return CheckedAsync(WaitAsync(request, cancellationToken));
    }

    /// <summary>Sends a request whose answer is not wanted. Does nothing when the connection has ended.</summary>
    public void Post(ClientMessage message)
    {
        message.Id = 0;
        try
        {
            Send(message);
        }
        catch (ConnectionLostException)
        {
            // What is released here goes with the session.
        }
    }

    /// <summary>Closes the connection; requests that wait fail.</summary>
    public void Dispose() => Fail(new ConnectionLostException("the connection was closed"));

    private ulong NextId() => (ulong)Interlocked.Increment(ref _lastId);

    private void Register(PendingRequest request)
    {
        _pending[request.Id] = request;
        if (!request.IsBlocking)
        {
            Interlocked.Increment(ref _tasks);
        }

        if (_failure is { } failure)
        {
            Forget(request);
            throw new ConnectionLostException(failure.Message, failure);
        }
    }

    private bool Forget(PendingRequest request)
    {
        if (!_pending.TryRemove(request.Id, out _))
        {
            return false;
        }

        if (!request.IsBlocking)
        {
            Interlocked.Decrement(ref _tasks);
        }

        return true;
    }

    private async Task<ServerMessage> WaitAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await request.Task.ConfigureAwait(false);
        }

        await using var registration = cancellationToken
            .UnsafeRegister(
                static (state, _) =>
                {
                    var (connection, request) = ((Connection, PendingRequest))state!;
                    if (connection.Forget(request))
                    {
                        request.Fail(new OperationCanceledException("the call was cancelled"));
                        request.Publish();
                        connection.Post(new ClientMessage { Cancel = new CancelRequest { MessageId = request.Id } });
                    }
                },
                (this, request)
            )
            .ConfigureAwait(false);
        return await request.Task.ConfigureAwait(false);
    }

    private static ServerMessage Checked(ServerMessage message) =>
        message.ResponseCase == ServerMessage.ResponseOneofCase.Error
            ? throw new ProtocolException(message.Error)
            : message;

    private static async Task<ServerMessage> CheckedAsync(Task<ServerMessage> message) =>
        Checked(await message.ConfigureAwait(false));

    private void Send(ClientMessage message)
    {
        var size = message.CalculateSize();
        if (size > MaxSendBytes)
        {
            throw ProtocolException.Limit(
                "max_message_bytes",
                $"a message of {size} bytes is more than the server takes at once, max_message_bytes = {MaxSendBytes}: send less in one call, or upload arrays first"
            );
        }

        lock (_sendGate)
        {
            var end = _filled + MessageFrame.HeaderBytes + size;
            if (_filling.Length < end)
            {
                Array.Resize(ref _filling, Math.Max(end, 2 * _filling.Length));
            }

            MessageFrame.WriteHeader(_filling.AsSpan(_filled), MessageFrame.Message, size);
            message.WriteTo(_filling.AsSpan(_filled + MessageFrame.HeaderBytes, size));
            _filled = end;
            if (!_sending.Wait(0))
            {
                return; // whoever is sending sends this too
            }
        }

        try
        {
            while (TakeFilled() is var count and > 0)
            {
                _streams.Output.Write(_draining.AsSpan(0, count));
                if (_streams.NeedsFlush)
                {
                    _streams.Output.Flush();
                }
            }
        }
        catch (Exception error) when (IsTransportFault(error))
        {
            throw FailSending(error);
        }
    }

    private async Task SendBulkAsync(
        ulong messageId,
        ulong bufferId,
        long offset,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        var header = new byte[MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes];
        MessageFrame.WriteHeader(header, MessageFrame.Raw, MessageFrame.RawHeaderBytes + data.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(5), messageId);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(13), bufferId);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(21), offset);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Not cancelled half-way: a torn frame would end the connection for everyone.
            await _streams.Output.WriteAsync(header, CancellationToken.None).ConfigureAwait(false);
            await _streams.Output.WriteAsync(data, CancellationToken.None).ConfigureAwait(false);
            while (TakeFilled() is var count and > 0)
            {
                await _streams
                    .Output.WriteAsync(_draining.AsMemory(0, count), CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception error) when (IsTransportFault(error))
        {
            throw FailSending(error);
        }
    }

    /// <summary>Takes what has been gathered; lets go of the stream when there is nothing.</summary>
    private int TakeFilled()
    {
        lock (_sendGate)
        {
            (_filling, _draining) = (_draining, _filling);
            var count = _filled;
            _filled = 0;
            if (count == 0)
            {
                _sending.Release();
            }

            return count;
        }
    }

    private ConnectionLostException FailSending(Exception error)
    {
        var lost = new ConnectionLostException($"the connection to the server broke: {error.Message}", error);
        Fail(lost);
        lock (_sendGate)
        {
            _filled = 0;
            _sending.Release();
        }

        return lost;
    }

    /// <summary>Blocks until the request's answer is there, reading where nobody else does.</summary>
    private void Await(PendingRequest request)
    {
        while (true)
        {
            lock (_readGate)
            {
                if (request.IsCompleted)
                {
                    _followers.Remove(request);
                    return;
                }

                if (request.IsPromoted || !_reading)
                {
                    request.IsPromoted = false;
                    _reading = true;
                    break;
                }

                _followers.Add(request);
            }

            request.Block();
        }

        List<PendingRequest>? done = null;
        try
        {
            while (!request.IsCompleted)
            {
                var count = _streams.Input.Read(_reader.Target.Span);
                Advance(count, ref done);
                Queue(done);
                done?.Clear();
            }
        }
        catch (Exception error) // whatever it was, nobody may wait for ever
        {
            Fail(Lost(error));
        }

        HandOver();
    }

    /// <summary>Lets the next one read: a blocked thread, or the loop for tasks, or nobody.</summary>
    private void HandOver()
    {
        lock (_readGate)
        {
            if (PromoteFollower())
            {
                return;
            }

            _reading = Volatile.Read(ref _tasks) > 0 && _failure is null;
            if (_reading)
            {
                ThreadPool.UnsafeQueueUserWorkItem(
                    static connection => _ = connection.PumpAsync(),
                    this,
                    preferLocal: false
                );
            }
        }
    }

    private bool PromoteFollower()
    {
        foreach (var next in _followers)
        {
            if (!next.IsCompleted)
            {
                _followers.Remove(next);
                next.IsPromoted = true;
                next.Wake();
                return true;
            }
        }

        return false;
    }

    private void EnsureReader()
    {
        lock (_readGate)
        {
            if (_reading || _failure is not null)
            {
                return;
            }

            _reading = true;
        }

        _ = PumpAsync();
    }

    /// <summary>Reads while tasks wait.</summary>
    private async Task PumpAsync()
    {
        List<PendingRequest>? done = null;
        try
        {
            while (true)
            {
                var count = await _streams.Input.ReadAsync(_reader.Target).ConfigureAwait(false);
                Advance(count, ref done);
                lock (_readGate)
                {
                    if (Volatile.Read(ref _tasks) == 0)
                    {
                        _reading = PromoteFollower();
                        break;
                    }
                }

                Queue(done);
                done?.Clear();
            }
        }
        catch (Exception error) // whatever it was, nobody may wait for ever
        {
            Queue(done);
            done?.Clear();
            Fail(Lost(error));
            lock (_readGate)
            {
                _reading = false;
                PromoteFollower();
            }
        }

        // Nobody needs this thread for reading any more: the last one that waited goes on right here.
        if (done is { Count: > 0 })
        {
            var last = done[^1];
            done.RemoveAt(done.Count - 1);
            Queue(done);
            last.Publish();
        }
    }

    private static void Queue(List<PendingRequest>? done)
    {
        foreach (var request in done ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(static request => request.Publish(), request, preferLocal: false);
        }
    }

    /// <summary>Takes in what was read and completes the requests that it answers; those for which tasks wait are added to the list.</summary>
    private void Advance(int count, ref List<PendingRequest>? done)
    {
        if (count == 0)
        {
            throw _streams.FailureAtEnd() is { } failure
                ? new ConnectionLostException(failure.Message, failure)
                : new ConnectionLostException("the server closed the connection");
        }

        _reader.Advance(count);
        while (_reader.TryRead(FindRequest) is { } frame)
        {
            var request = frame.Request;
            if (frame.Message is { } message)
            {
                if (message.Id == 0 && message.ResponseCase == ServerMessage.ResponseOneofCase.Error)
                {
                    throw new ConnectionLostException(message.Error.Message, new ProtocolException(message.Error));
                }

                if (!_pending.TryGetValue(message.Id, out request))
                {
                    continue; // cancelled meanwhile
                }

                if (message.ResponseCase == ServerMessage.ResponseOneofCase.Chunk)
                {
                    _reader.CopyChunk(request, message.Chunk);
                    if (!message.Chunk.Last)
                    {
                        continue;
                    }
                }

                if (Forget(request))
                {
                    request.Complete(message);
                }
                else
                {
                    continue;
                }
            }
            else if (request is null || !frame.IsLast || !Forget(request))
            {
                continue;
            }
            else
            {
                request.Complete(
                    new ServerMessage
                    {
                        Id = request.Id,
                        Chunk = new DataChunk { Last = true },
                    }
                );
            }

            if (!request.IsBlocking)
            {
                (done ??= []).Add(request);
            }
        }
    }

    private PendingRequest? FindRequest(ulong id) => _pending.GetValueOrDefault(id);

    private static ConnectionLostException Lost(Exception error) =>
        error as ConnectionLostException
        ?? new ConnectionLostException($"the connection to the server broke: {error.Message}", error);

    private static bool IsTransportFault(Exception error) =>
        error
            is IOException
                or SocketException
                or ObjectDisposedException
                or HttpRequestException
                or OperationCanceledException
                or InvalidOperationException;

    private void Fail(ConnectionLostException failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null)
        {
            failure = Lost(_failure!);
        }
        else
        {
            _streams.Dispose();
        }

        foreach (var request in _pending.Values)
        {
            if (Forget(request))
            {
                request.Fail(failure);
                if (!request.IsBlocking)
                {
                    Queue([request]);
                }
            }
        }
    }
}
