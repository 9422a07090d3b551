using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>Builds one or more frames in a buffer that is used again.</summary>
internal sealed class MessageWriter
{
    /// <summary>A block of array elements begins at a multiple of this many bytes from the payload's start.</summary>
    public const int BlockAlignment = 64;

    private const int SmallestBuffer = 4096;
    private const int LargestKept = 1 << 20;

    private byte[] buffer = new byte[SmallestBuffer];
    private int frame;
    private int length;

    /// <summary>The frames written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>The bytes of the current frame's payload so far.</summary>
    public int PayloadLength => length - frame - FrameHeader.Size;

    /// <summary>Starts over; a buffer that has grown large is dropped.</summary>
    public void Clear()
    {
        length = frame = 0;
        if (buffer.Length > LargestKept)
        {
            buffer = new byte[SmallestBuffer];
        }
    }

    /// <summary>Begins a frame after those that are there.</summary>
    public void Begin(FrameKind kind, long id)
    {
        frame = length;
        var header = new FrameHeader(0, kind, id);
        MemoryMarshal.Write(Reserve(FrameHeader.Size), in header);
    }

    /// <summary>Ends the frame: its header learns the payload's length.</summary>
    public void End()
    {
        var payload = length - frame - FrameHeader.Size;
        MemoryMarshal.Write(buffer.AsSpan(frame), in payload);
    }

    /// <summary>Takes back what was written of the payload after its first <paramref name="payloadLength"/> bytes.</summary>
    public void Truncate(int payloadLength) => length = frame + FrameHeader.Size + payloadLength;

    /// <summary>Writes a number or an enumeration's member.</summary>
    public void Write<T>(T value)
        where T : unmanaged =>
        Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(Reserve(Unsafe.SizeOf<T>())), value);

    /// <summary>Overwrites a number that was written before at an offset of the payload.</summary>
    public void Patch<T>(int payloadOffset, T value)
        where T : unmanaged => MemoryMarshal.Write(buffer.AsSpan(frame + FrameHeader.Size + payloadOffset), in value);

    /// <summary>Writes a length and bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes a length and leaves room for as many bytes.</summary>
    public Span<byte> WriteBytes(int count)
    {
        Write(count);
        return Reserve(count);
    }

    /// <summary>Writes a length and elements, aligned for whoever computes with them where they lie.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        var misplaced = PayloadLength & (BlockAlignment - 1);
        if (misplaced != 0)
        {
            Reserve(BlockAlignment - misplaced).Clear();
        }

        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes numbers behind their count.</summary>
    public void WriteShape(ReadOnlySpan<long> sizes) => WriteBytes(MemoryMarshal.AsBytes(sizes));

    /// <summary>Writes text as UTF-8.</summary>
    public void WriteText(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, WriteBytes(count));
    }

    private Span<byte> Reserve(int count)
    {
        var end = checked(length + count);
        if (end > buffer.Length)
        {
            Array.Resize(ref buffer, (int)Math.Min(Math.Max((long)buffer.Length * 2, end), Array.MaxLength));
        }

        var room = buffer.AsSpan(length, count);
        length = end;
        return room;
    }
}
