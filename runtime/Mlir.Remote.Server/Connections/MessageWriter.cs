using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Connections;

/// <summary>Writes the answers of one connection. Many requests end at once; one writes at a time.</summary>
/// <param name="connection">Where to.</param>
/// <param name="raw">Whether array bytes may go without protobuf: on the direct transport.</param>
/// <param name="maxBytes">The most that a message may have; an answer that has more becomes an error that says so.</param>
internal sealed class MessageWriter(StreamConnection connection, bool raw, int maxBytes)
{
    private readonly PipeWriter _output = connection.Output;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Sends a message.</summary>
    public async ValueTask SendAsync(ServerMessage message)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            Write(message);
            await _output.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends a part of an array.</summary>
    /// <param name="id">The request's message id.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="offset">Their place in the array.</param>
    /// <param name="last">Whether no more follow.</param>
    public async ValueTask SendChunkAsync(ulong id, ReadOnlyMemory<byte> data, long offset, bool last)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (raw && connection.Stream is { } stream)
            {
                WriteHeader(id, data.Length, offset, last);
                await _output.FlushAsync().ConfigureAwait(false);
                await stream.WriteAsync(data).ConfigureAwait(false); // from where the array lies, without a copy
                return;
            }

            if (raw)
            {
                WriteHeader(id, data.Length, offset, last);
                WriteBytes(data.Span);
            }
            else
            {
                Write(
                    new ServerMessage
                    {
                        Id = id,
                        Chunk = new DataChunk
                        {
                            Offset = (ulong)offset,
                            Data = UnsafeByteOperations.UnsafeWrap(data),
                            Last = last,
                        },
                    }
                );
            }

            await _output.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Write(ServerMessage message)
    {
        var size = message.CalculateSize();
        if (size > maxBytes)
        {
            message = new ServerMessage { Id = message.Id, Error = TooLarge(size) };
            size = message.CalculateSize();
        }

        var span = _output.GetSpan(MessageFrame.HeaderBytes + size);
        MessageFrame.WriteHeader(span, MessageFrame.Message, size);
        message.WriteTo(span.Slice(MessageFrame.HeaderBytes, size));
        _output.Advance(MessageFrame.HeaderBytes + size);
    }

    private Error TooLarge(int size) =>
        ProtocolException
            .Limit(
                "max_message_bytes",
                $"the answer has {size} bytes, more than max_message_bytes, {maxBytes}: keep arrays on the server, or ask for less at once"
            )
            .Error;

    private void WriteHeader(ulong id, int length, long offset, bool last)
    {
        const int Header = MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes;
        var span = _output.GetSpan(Header);
        MessageFrame.WriteHeader(span, MessageFrame.Raw, MessageFrame.RawHeaderBytes + length);
        var numbers = span[MessageFrame.HeaderBytes..];
        BinaryPrimitives.WriteUInt64LittleEndian(numbers, id);
        BinaryPrimitives.WriteUInt64LittleEndian(numbers[8..], last ? 1u : 0u);
        BinaryPrimitives.WriteUInt64LittleEndian(numbers[16..], (ulong)offset);
        _output.Advance(Header);
    }

    private void WriteBytes(ReadOnlySpan<byte> data)
    {
        // Block by block: an array does not lie in one of the pipe's.
        while (!data.IsEmpty)
        {
            var block = _output.GetSpan();
            var length = Math.Min(block.Length, data.Length);
            data[..length].CopyTo(block);
            _output.Advance(length);
            data = data[length..];
        }
    }
}
