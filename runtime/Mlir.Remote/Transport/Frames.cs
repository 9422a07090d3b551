using System.Buffers.Binary;
using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>The layout of frames as the client writes them: a kind, a length, a payload.</summary>
internal static class Frames
{
    /// <summary>The bytes before a payload.</summary>
    public const int HeaderBytes = 5;

    /// <summary>The bytes before the data in a frame of array bytes.</summary>
    public const int BulkHeaderBytes = 24;

    /// <summary>A frame that holds one protobuf message.</summary>
    public const byte Message = 0;

    /// <summary>A frame that holds bytes of an array.</summary>
    public const byte Bulk = 2;

    /// <summary>What a client of the direct transport says first.</summary>
    public static ReadOnlySpan<byte> Preface => "MLIR/1\r\n"u8;

    /// <summary>One message as a frame.</summary>
    public static byte[] Of(ClientMessage message)
    {
        var size = message.CalculateSize();
        var frame = new byte[HeaderBytes + size];
        WriteHeader(frame, Message, size);
        message.WriteTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <summary>Writes kind and length.</summary>
    public static void WriteHeader(Span<byte> frame, byte kind, int length)
    {
        frame[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
    }
}
