using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>Messages as the client frames them.</summary>
internal static class Frames
{
    /// <summary>One message as a frame.</summary>
    public static byte[] Of(ClientMessage message)
    {
        var size = message.CalculateSize();
        var frame = new byte[MessageFrame.HeaderBytes + size];
        MessageFrame.WriteHeader(frame, MessageFrame.Message, size);
        message.WriteTo(frame.AsSpan(MessageFrame.HeaderBytes));
        return frame;
    }
}
