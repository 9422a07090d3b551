using System.Buffers;
using System.Buffers.Binary;

namespace Mlir.Remote.Protocol;

/// <summary>
/// The frames of gRPC and of the direct transport: one byte of kind, four bytes of length, big-endian, then the payload.
/// </summary>
internal static class MessageFrame
{
    /// <summary>The bytes before a payload.</summary>
    public const int HeaderBytes = 5;

    /// <summary>A protobuf message, not compressed.</summary>
    public const byte Message = 0;

    /// <summary>A compressed message, which this protocol does not use.</summary>
    public const byte Compressed = 1;

    /// <summary>Bytes of an array behind <see cref="RawHeaderBytes"/>; on the direct transport only.</summary>
    public const byte Raw = 2;

    /// <summary>The three little-endian numbers at the start of a raw frame: message, then buffer or "last", then offset.</summary>
    public const int RawHeaderBytes = 24;

    /// <summary>What a client of the direct transport sends first.</summary>
    public static ReadOnlySpan<byte> Preface => "MLIR/1\r\n"u8;

    /// <summary>Takes one frame from the front of what has arrived.</summary>
    /// <param name="buffer">What has arrived; moved behind the frame.</param>
    /// <param name="maxBytes">The most that a payload may have.</param>
    /// <param name="kind">The frame's kind.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>Whether a whole frame was there.</returns>
    /// <exception cref="ProtocolException">The frame says that it is larger than allowed.</exception>
    public static bool TryRead(
        ref ReadOnlySequence<byte> buffer,
        int maxBytes,
        out byte kind,
        out ReadOnlySequence<byte> payload
    )
    {
        (kind, payload) = (0, default);
        if (buffer.Length < HeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)maxBytes)
        {
            throw ProtocolException.Limit(
                "max_message_bytes",
                $"a message of {length} bytes is larger than max_message_bytes, {maxBytes}: send arrays in parts"
            );
        }

        if (buffer.Length - HeaderBytes < length)
        {
            return false;
        }

        kind = header[0];
        payload = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(HeaderBytes + length);
        return true;
    }

    /// <summary>Writes the bytes before a payload.</summary>
    /// <param name="header">Where; <see cref="HeaderBytes"/> long.</param>
    /// <param name="kind">The frame's kind.</param>
    /// <param name="length">The payload's length.</param>
    public static void WriteHeader(Span<byte> header, byte kind, int length)
    {
        header[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
    }
}
