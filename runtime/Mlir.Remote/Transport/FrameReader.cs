using System.Buffers.Binary;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>Splits what arrives into frames. Array bytes are read straight to where they belong.</summary>
/// <param name="maxMessageBytes">The largest payload that is accepted.</param>
internal sealed class FrameReader(int maxMessageBytes)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    // The frame of array bytes that is being received; its sink is empty where nobody waits for it any more.
    private PendingRequest? _request;
    private ulong _requestId;
    private int _remaining;
    private long _position;
    private bool _isLast;
    private bool _inBulk;
    private bool _toSink;

    /// <summary>A frame that has arrived in full.</summary>
    /// <param name="Message">The message; null for array bytes.</param>
    /// <param name="Request">The request that the array bytes belong to; null where nobody waits for them any more.</param>
    /// <param name="IsLast">Whether they were the last ones.</param>
    public readonly record struct Frame(ServerMessage? Message, PendingRequest? Request, bool IsLast);

    /// <summary>Where the next bytes are to be read to.</summary>
    public Memory<byte> Target
    {
        get
        {
            _toSink = _inBulk && _request is not null && _start == _end;
            if (_toSink)
            {
                return _request!.Sink!.Slice(_position, _remaining);
            }

            if (_start == _end)
            {
                _start = _end = 0;
            }
            else if (_end == _buffer.Length)
            {
                MakeRoom();
            }

            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>Takes note of bytes that were read to <see cref="Target"/>.</summary>
    public void Advance(int count)
    {
        if (_toSink)
        {
            _position += count;
            _remaining -= count;
        }
        else
        {
            _end += count;
        }
    }

    /// <summary>The next frame, or null when more bytes are needed.</summary>
    /// <exception cref="ProtocolException">The bytes are no frame.</exception>
    public Frame? TryRead(Func<ulong, PendingRequest?> find)
    {
        if (_inBulk)
        {
            return ContinueBulk(find);
        }

        var available = _buffer.AsSpan(_start, _end - _start);
        if (available.Length < MessageFrame.HeaderBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(available[1..]);
        if (length > maxMessageBytes)
        {
            throw Invalid($"the server announces a message of {length} bytes; at most {maxMessageBytes} are accepted");
        }

        switch (available[0])
        {
            case MessageFrame.Message:
                if (available.Length < MessageFrame.HeaderBytes + length)
                {
                    return null;
                }

                _start += MessageFrame.HeaderBytes + (int)length;
                return new Frame(
                    ServerMessage.Parser.ParseFrom(available.Slice(MessageFrame.HeaderBytes, (int)length)),
                    null,
                    true
                );
            case MessageFrame.Raw:
                if (length < MessageFrame.RawHeaderBytes)
                {
                    throw Invalid("the server sends array bytes without saying which");
                }

                if (available.Length < MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes)
                {
                    return null;
                }

                var header = available[MessageFrame.HeaderBytes..];
                _requestId = BinaryPrimitives.ReadUInt64LittleEndian(header);
                _request = find(_requestId);
                _isLast = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]) != 0;
                _remaining = (int)length - MessageFrame.RawHeaderBytes;
                _position = Place(_request, BinaryPrimitives.ReadInt64LittleEndian(header[16..]), _remaining);
                _inBulk = true;
                _start += MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes;
                if (_request is not null)
                {
                    _request.Received += _remaining;
                }

                return ContinueBulk(find);
            default:
                throw Invalid($"the server sends a frame of the unknown kind {available[0]}");
        }
    }

    /// <summary>Copies array bytes that came inside a message to where they belong.</summary>
    public void CopyChunk(PendingRequest request, DataChunk chunk)
    {
        var position = Place(request, (long)chunk.Offset, chunk.Data.Length);
        chunk.Data.Span.CopyTo(request.Sink!.Slice(position, chunk.Data.Length).Span);
        request.Received += chunk.Data.Length;
        request.Progress?.Invoke(request.Received);
    }

    private Frame? ContinueBulk(Func<ulong, PendingRequest?> find)
    {
        var count = Math.Min(_remaining, _end - _start);
        if (count > 0)
        {
            if (_request is not null)
            {
                _buffer.AsSpan(_start, count).CopyTo(_request.Sink!.Slice(_position, count).Span);
            }

            _start += count;
            _position += count;
            _remaining -= count;
        }

        if (_remaining > 0)
        {
            return null;
        }

        _inBulk = false;
        var request = _request;
        _request = null;
        request?.Progress?.Invoke(request.Received);
        return new Frame(null, find(_requestId) is null ? null : request, _isLast);
    }

    private void MakeRoom()
    {
        var count = _end - _start;
        var target = count > _buffer.Length / 2 ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, count).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, count);
    }

    /// <summary>Where in the sink bytes go that stand at an offset of the whole array.</summary>
    private static long Place(PendingRequest? request, long offset, int count)
    {
        if (request is null)
        {
            return 0;
        }

        var position = offset - request.SinkStart;
        return request.Sink is { } sink && offset >= 0 && position >= 0 && position <= sink.Bytes - count
            ? position
            : throw Invalid("the server sends array bytes that were not asked for");
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.Internal, message);
}
