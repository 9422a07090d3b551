using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Requests;

namespace Mlir.Remote.Server.Connections;

/// <summary>
/// Serves one stream of requests: <c>Connect</c> over gRPC, or a connection of the direct transport. Requests overlap; each is answered when it is done.
/// </summary>
/// <param name="handler">Answers requests.</param>
/// <param name="limits">What a message may be.</param>
/// <param name="logger">Notes what a client did wrong.</param>
internal sealed class MessageLoop(RequestHandler handler, RemoteLimits limits, ILogger logger)
{
    private const int MaxOpenRequests = 4_096;
    private const int LongWriteBytes = 64 << 10;
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(30);

    /// <summary>Serves the stream until the client ends it or breaks the protocol.</summary>
    /// <param name="connection">From and to the client.</param>
    /// <param name="raw">Whether array bytes travel without protobuf.</param>
    /// <param name="mayMap">Whether the client may map shared memory.</param>
    /// <param name="authenticate">Tells who the client is, from the first message.</param>
    /// <param name="aborted">Cancelled when the connection is lost.</param>
    public async Task RunAsync(
        StreamConnection connection,
        bool raw,
        bool mayMap,
        Func<OpenSessionRequest, string> authenticate,
        CancellationToken aborted
    )
    {
        var stream = new Stream(
            this,
            new MessageWriter(connection, raw, limits.MaxMessageBytes),
            connection.Stream,
            raw,
            mayMap,
            authenticate
        );
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        try
        {
            await stream.ReadAsync(connection.Input, lost.Token).ConfigureAwait(false);
        }
        catch (ProtocolException error)
        {
            Log.BadStream(logger, error.Message);
            await stream.FailAsync(error.Error).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException)
        {
            Log.LostStream(logger, error.Message);
        }
        finally
        {
            await stream.EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The state of one stream.</summary>
    private sealed class Stream(
        MessageLoop loop,
        MessageWriter writer,
        System.IO.Stream? source,
        bool raw,
        bool mayMap,
        Func<OpenSessionRequest, string> authenticate
    )
    {
        private readonly ConcurrentDictionary<ulong, CancellationTokenSource> _open = new();
        private readonly SemaphoreSlim _room = new(MaxOpenRequests, MaxOpenRequests);
        private RequestContext? _context;

        /// <summary>Reads frames until the client ends the stream.</summary>
        public async Task ReadAsync(PipeReader input, CancellationToken lost)
        {
            using var slow = CancellationTokenSource.CreateLinkedTokenSource(lost);
            slow.CancelAfter(FrameTime); // who says nothing at all holds a connection for no longer than who stops half-way
            while (true)
            {
                var result = await input.ReadAsync(slow.Token).ConfigureAwait(false);
                var buffer = result.Buffer;
                var before = buffer.Length;
                while (MessageFrame.TryRead(ref buffer, loop.LargestFrame, out var kind, out var payload))
                {
                    await TakeAsync(kind, payload).ConfigureAwait(false);
                    if (_context is { Session.IsClosed: true })
                    {
                        return;
                    }
                }

                // Half a frame may not stay half for ever: who sends one byte a minute holds memory here.
                var incomplete = buffer.Length > 0 || _context is null;
                slow.CancelAfter(incomplete ? FrameTime : Timeout.InfiniteTimeSpan);
                if (incomplete && !result.IsCompleted && RawHead(buffer) is { } head)
                {
                    var rest = buffer.Slice(MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes);
                    if (await TakeLongWriteAsync(input, rest, head, slow).ConfigureAwait(false))
                    {
                        continue;
                    }
                }

                input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    if (buffer.Length > 0)
                    {
                        throw Invalid("the stream ended inside a message");
                    }

                    return;
                }
            }
        }

        /// <summary>Tells the client why the stream ends.</summary>
        public async Task FailAsync(Error error)
        {
            try
            {
                await writer.SendAsync(new ServerMessage { Error = error }).ConfigureAwait(false);
            }
            catch (Exception failure)
                when (failure is IOException or InvalidOperationException or OperationCanceledException)
            {
                Log.LostStream(loop.Logger, failure.Message);
            }
        }

        /// <summary>Stops what is open, and frees what only this stream could have finished.</summary>
        public async Task EndAsync()
        {
            foreach (var cancel in _open.Values)
            {
                await cancel.CancelAsync().ConfigureAwait(false);
            }

            // The pipes must not be completed while an answer is being written.
            for (var i = 0; i < MaxOpenRequests; i++)
            {
                await _room.WaitAsync().ConfigureAwait(false);
            }

            if (_context is { } context)
            {
                context.Session.Buffers.ReleaseUnfinished(this);
                context.Session.Detach();
            }
        }

        private async ValueTask TakeAsync(byte kind, ReadOnlySequence<byte> payload)
        {
            if (kind == MessageFrame.Raw && raw)
            {
                await WriteAsync(payload).ConfigureAwait(false);
                return;
            }

            if (kind != MessageFrame.Message)
            {
                throw Invalid(
                    kind == MessageFrame.Compressed
                        ? "compressed messages are not supported"
                        : $"there is no frame of kind {kind}"
                );
            }

            ClientMessage message;
            try
            {
                message = ClientMessage.Parser.ParseFrom(payload);
            }
            catch (InvalidProtocolBufferException error)
            {
                throw Invalid($"the message cannot be read: {error.Message}");
            }

            if (_context is null)
            {
                await OpenAsync(message).ConfigureAwait(false);
                return;
            }

            if (message.RequestCase == ClientMessage.RequestOneofCase.OpenSession)
            {
                throw Invalid("the session of a stream is opened once");
            }

            if (
                message
                    is {
                        RequestCase: ClientMessage.RequestOneofCase.Cancel,
                        Cancel.TargetCase: CancelRequest.TargetOneofCase.MessageId
                    }
                && _open.TryGetValue(message.Cancel.MessageId, out var open)
            )
            {
                await open.CancelAsync().ConfigureAwait(false);
            }

            if (!_room.Wait(0))
            {
                await _room.WaitAsync().ConfigureAwait(false); // the client is not read until something is done
            }

            // Runs on this thread until it first has to wait: a call is with a worker when this returns.
            _ = AnswerAsync(message);
        }

        private async ValueTask OpenAsync(ClientMessage message)
        {
            if (message.RequestCase != ClientMessage.RequestOneofCase.OpenSession)
            {
                throw Invalid("the first message of a stream opens its session");
            }

            var (session, response) = loop.Handler.Open(authenticate(message.OpenSession), message.OpenSession);
            session.Attach();
            _context = new RequestContext(session, this, mayMap);
            await writer.SendAsync(new ServerMessage { Id = message.Id, OpenSession = response }).ConfigureAwait(false);
        }

        private async Task AnswerAsync(ClientMessage message)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_context!.Session.Closed);
            var listed = message.Id != 0 && _open.TryAdd(message.Id, cancel);
            ServerMessage? answer = null;
            try
            {
                if (message.Id != 0 && !listed)
                {
                    throw Invalid($"message id {message.Id} is in use by a request that is not answered yet");
                }

                if (message.RequestCase == ClientMessage.RequestOneofCase.Download)
                {
                    await loop
                        .Handler.DownloadAsync(
                            _context.Session,
                            message.Download,
                            (data, offset, last) => writer.SendChunkAsync(message.Id, data, offset, last),
                            cancel.Token
                        )
                        .ConfigureAwait(false);
                }
                else
                {
                    answer = await loop.Handler.HandleAsync(_context, message, cancel.Token).ConfigureAwait(false);
                }
            }
            catch (Exception error)
            {
                answer = new ServerMessage { Error = Errors.Of(error, loop.Logger) };
            }

            try
            {
                if (listed)
                {
                    _open.TryRemove(message.Id, out _);
                }

                if (answer is not null && message.Id != 0)
                {
                    answer.Id = message.Id;
                    await writer.SendAsync(answer).ConfigureAwait(false);
                }
            }
            catch (Exception error)
                when (error is IOException or InvalidOperationException or OperationCanceledException)
            {
                Log.LostStream(loop.Logger, error.Message);
            }
            finally
            {
                _room.Release();
            }
        }

        /// <summary>The numbers at the front of a large raw frame of which a part has come.</summary>
        private RawFrame? RawHead(ReadOnlySequence<byte> buffer)
        {
            const int Head = MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes;
            if (
                !raw
                || source is null
                || _context is null
                || buffer.Length < Head
                || buffer.FirstSpan[0] != MessageFrame.Raw
            )
            {
                return null;
            }

            Span<byte> head = stackalloc byte[Head];
            buffer.Slice(0, Head).CopyTo(head);
            var length = BinaryPrimitives.ReadInt32BigEndian(head[1..]) - MessageFrame.RawHeaderBytes;
            var numbers = head[MessageFrame.HeaderBytes..];
            return length < LongWriteBytes
                ? null
                : new RawFrame(
                    BinaryPrimitives.ReadUInt64LittleEndian(numbers),
                    BinaryPrimitives.ReadUInt64LittleEndian(numbers[8..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(numbers[16..]),
                    length
                );
        }

        /// <summary>Reads the rest of a large write from the socket to where it belongs, without the reader's blocks in between.</summary>
        /// <returns>False if the write is refused: then it is read like any message, and answered.</returns>
        private async ValueTask<bool> TakeLongWriteAsync(
            PipeReader input,
            ReadOnlySequence<byte> first,
            RawFrame frame,
            CancellationTokenSource slow
        )
        {
            ServedBuffer buffer;
            try
            {
                buffer = loop.Handler.BeginWrite(_context!.Session, frame.Buffer, frame.Offset, frame.Length);
            }
            catch (ProtocolException)
            {
                return false;
            }

            try
            {
                var at = (long)frame.Offset;
                var end = at + frame.Length;
                foreach (var part in first)
                {
                    part.Span.CopyTo(buffer.Segment!.Slice(at, part.Length));
                    at += part.Length;
                }

                input.AdvanceTo(first.End);
                while (at < end)
                {
                    slow.CancelAfter(FrameTime);
                    var count = await source!
                        .ReadAsync(buffer.Segment!.AsMemory(at, (int)(end - at)), slow.Token)
                        .ConfigureAwait(false);
                    at += count > 0 ? count : throw Invalid("the stream ended inside a message");
                }
            }
            finally
            {
                RequestHandler.EndWrite(buffer);
            }

            await AnswerWriteAsync(frame.Id, new ServerMessage { Write = new WriteResponse() }).ConfigureAwait(false);
            return true;
        }

        private async ValueTask AnswerWriteAsync(ulong id, ServerMessage answer)
        {
            if (id != 0)
            {
                answer.Id = id;
                await writer.SendAsync(answer).ConfigureAwait(false);
            }
        }

        /// <summary>A write without protobuf: done at once, in the order in which the parts come.</summary>
        private async ValueTask WriteAsync(ReadOnlySequence<byte> payload)
        {
            if (_context is null || payload.Length < MessageFrame.RawHeaderBytes)
            {
                throw Invalid("array bytes came before the session was opened, or without their header");
            }

            var numbers = new byte[MessageFrame.RawHeaderBytes];
            payload.Slice(0, MessageFrame.RawHeaderBytes).CopyTo(numbers);
            var id = BinaryPrimitives.ReadUInt64LittleEndian(numbers);
            var answer = new ServerMessage();
            try
            {
                loop.Handler.Write(
                    _context.Session,
                    BinaryPrimitives.ReadUInt64LittleEndian(numbers.AsSpan(8)),
                    BinaryPrimitives.ReadUInt64LittleEndian(numbers.AsSpan(16)),
                    payload.Slice(MessageFrame.RawHeaderBytes)
                );
                answer.Write = new WriteResponse();
            }
            catch (ProtocolException error)
            {
                answer.Error = error.Error;
            }

            await AnswerWriteAsync(id, answer).ConfigureAwait(false);
        }

        private readonly record struct RawFrame(ulong Id, ulong Buffer, ulong Offset, int Length);
    }

    private RequestHandler Handler => handler;

    private ILogger Logger => logger;

    private int LargestFrame => limits.MaxMessageBytes;

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
