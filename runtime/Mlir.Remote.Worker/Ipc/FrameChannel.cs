using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>
/// One end of the connection between server and worker. Sending and receiving block the calling thread: a dedicated thread that waits in
/// the system is woken sooner than anything asynchronous.
/// </summary>
internal sealed unsafe class FrameChannel : IDisposable
{
    /// <summary>The longest payload that either side accepts.</summary>
    public const int MaxPayload = 1 << 28;

    private const int SmallBuffer = 64 << 10;
    private const int LargestKept = 1 << 20;

    // The header lies before this offset, so that payloads begin at a multiple of it.
    private const int PayloadOffset = MessageWriter.BlockAlignment;
    private const int HeaderOffset = PayloadOffset - FrameHeader.Size;

    private readonly Socket socket;
    private byte* buffer;
    private int capacity;
    private int begin = HeaderOffset;
    private int end = HeaderOffset;

    /// <summary>Takes over a connected socket.</summary>
    public FrameChannel(Socket socket)
    {
        this.socket = socket;
        Allocate(SmallBuffer);
    }

    ~FrameChannel() => NativeMemory.AlignedFree(buffer);

    /// <summary>How long <see cref="TryReceive"/> waits; 0 for ever.</summary>
    public int ReceiveTimeoutMilliseconds
    {
        set => socket.ReceiveTimeout = value;
    }

    /// <summary>Sends whole frames.</summary>
    /// <returns>False when the other side is gone.</returns>
    public bool TrySend(ReadOnlySpan<byte> frames)
    {
        try
        {
            while (frames.Length > 0)
            {
                var sent = socket.Send(frames, SocketFlags.None, out var error);
                if (error != SocketError.Success)
                {
                    return false;
                }

                frames = frames[sent..];
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Waits for a frame.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload, at an address aligned for blocks; valid until the next call.</param>
    /// <returns>False when the other side is gone, or sent a header that cannot be.</returns>
    public bool TryReceive(out FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        Rewind();
        if (!Fill(FrameHeader.Size))
        {
            return false;
        }

        header = MemoryMarshal.Read<FrameHeader>(new ReadOnlySpan<byte>(buffer + begin, FrameHeader.Size));
        if (header.Length is < 0 or > MaxPayload || !Fill(FrameHeader.Size + header.Length))
        {
            return false;
        }

        payload = new ReadOnlySpan<byte>(buffer + begin + FrameHeader.Size, header.Length);
        begin += FrameHeader.Size + header.Length;
        return true;
    }

    /// <summary>Closes the connection: the other side sees its end, and so does a thread that waits here.</summary>
    public void Close()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // closed already
        }
    }

    /// <summary>Closes the connection and frees the buffer; nobody may be waiting.</summary>
    public void Dispose()
    {
        socket.Dispose();
        NativeMemory.AlignedFree(buffer);
        buffer = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Moves what came after the last frame to where the next one is to lie.</summary>
    private void Rewind()
    {
        var left = end - begin;
        if (left == 0 && capacity > LargestKept)
        {
            NativeMemory.AlignedFree(buffer);
            Allocate(SmallBuffer);
        }
        else if (left > 0 && begin != HeaderOffset)
        {
            Buffer.MemoryCopy(buffer + begin, buffer + HeaderOffset, capacity - HeaderOffset, left);
        }

        begin = HeaderOffset;
        end = HeaderOffset + left;
    }

    private bool Fill(int count)
    {
        if (HeaderOffset + count > capacity)
        {
            Grow(HeaderOffset + count);
        }

        while (end - begin < count)
        {
            int received;
            try
            {
                received = socket.Receive(new Span<byte>(buffer + end, capacity - end), SocketFlags.None, out _);
            }
            catch (ObjectDisposedException)
            {
                return false;
            }

            if (received <= 0)
            {
                return false;
            }

            end += received;
        }

        return true;
    }

    private void Grow(int least)
    {
        var old = buffer;
        Allocate(Math.Max(least, (int)Math.Min(capacity * 2L, least + (long)SmallBuffer)));
        Buffer.MemoryCopy(old + begin, buffer + begin, capacity - begin, end - begin);
        NativeMemory.AlignedFree(old);
    }

    private void Allocate(int size)
    {
        buffer = (byte*)NativeMemory.AlignedAlloc((nuint)size, MessageWriter.BlockAlignment);
        capacity = size;
    }
}
