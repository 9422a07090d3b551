using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>Reads a frame's payload. Whatever it holds, nothing outside of it is read and nothing large is allocated for a length that lies.</summary>
/// <param name="payload">The payload.</param>
internal ref struct MessageReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> payload = payload;
    private int position;

    /// <summary>The bytes not read yet.</summary>
    public readonly int Remaining => payload.Length - position;

    /// <summary>Reads a number or an enumeration's member.</summary>
    public T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>Reads a count of things that take at least <paramref name="leastSize"/> bytes each.</summary>
    public int ReadCount(int leastSize = 1)
    {
        var count = Read<int>();
        return count >= 0 && (long)count * leastSize <= Remaining
            ? count
            : throw new InvalidDataException($"A count of {count} does not fit what is left of the message.");
    }

    /// <summary>Reads a length and bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    /// <summary>Reads a length and elements as <see cref="MessageWriter.WriteBlock"/> wrote them.</summary>
    public ReadOnlySpan<byte> ReadBlock()
    {
        var count = ReadCount();
        var misplaced = position & (MessageWriter.BlockAlignment - 1);
        if (misplaced != 0)
        {
            Take(MessageWriter.BlockAlignment - misplaced);
        }

        return Take(count);
    }

    /// <summary>Reads sizes.</summary>
    public ReadOnlySpan<byte> ReadShapeBytes()
    {
        var bytes = ReadBytes();
        return bytes.Length % sizeof(long) == 0 ? bytes : throw new InvalidDataException("A shape is cut off.");
    }

    /// <summary>Reads sizes.</summary>
    public long[] ReadShape()
    {
        var bytes = ReadShapeBytes();
        var sizes = new long[bytes.Length / sizeof(long)];
        bytes.CopyTo(MemoryMarshal.AsBytes(sizes.AsSpan()));
        return sizes;
    }

    /// <summary>Reads text.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Checks that nothing is left.</summary>
    public readonly void End()
    {
        if (Remaining != 0)
        {
            throw new InvalidDataException($"{Remaining} bytes follow the message.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw new InvalidDataException("The message is cut off.");
        }

        var bytes = payload.Slice(position, count);
        position += count;
        return bytes;
    }
}
