using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlir.Runtime.Npy;

/// <summary>Reads and writes arrays in NumPy's <c>.npy</c> format, versions 1 to 3.</summary>
/// <remarks>
/// A file from anywhere may be read: nothing is believed before it is checked, and no memory is taken for elements
/// that the file does not hold.
/// </remarks>
public static class NpyFile
{
    private const int MaxHeaderBytes = 1 << 16;
    private const int AlignData = 64;

    // What is read before memory for all elements is taken, where a stream does not tell how much it holds.
    private const int FirstElements = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array from a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The elements in row-major order, whatever the order in the file.</returns>
    /// <exception cref="NpyFormatException">The file is damaged, or holds another kind of element.</exception>
    public static HostBuffer Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Read(stream, path);
    }

    /// <summary>Reads an array from a stream, which is left behind the last element.</summary>
    /// <param name="stream">The stream, at the array's first byte.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The elements in row-major order, whatever the order in the stream.</returns>
    /// <exception cref="NpyFormatException">The stream is damaged, or holds another kind of element.</exception>
    public static HostBuffer Read(Stream stream, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var header = ReadHeader(stream, out var dataOffset);
            var data = ReadElements(stream, header, dataOffset);
            var elements = new HostBuffer(data, header.Shape.AsSpan());
            var bytes = elements.AsBytes();
            if (header.IsBigEndian == BitConverter.IsLittleEndian)
            {
                ReverseBytes(bytes, header.ElementType.Size);
            }

            if (header.ElementType == ElementType.Bool)
            {
                foreach (ref var value in bytes)
                {
                    value = value == 0 ? (byte)0 : (byte)1; // any other byte would not be a bool
                }
            }

            return header.IsFortranOrder ? FortranOrder.ToRowMajor(elements) : elements;
        }
        catch (NpyFormatException error) when (name is not null)
        {
            throw new NpyFormatException(error.Reason, error.Offset, name);
        }
    }

    /// <summary>Reads a header only.</summary>
    /// <param name="stream">The stream, at the array's first byte; left at the first element.</param>
    /// <exception cref="NpyFormatException">The header is damaged, or names another kind of element.</exception>
    public static NpyHeader ReadHeader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadHeader(stream, out _);
    }

    /// <summary>Writes an array to a file, which is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="array">The array.</param>
    public static void Write(string path, HostBuffer array)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Write(stream, array);
    }

    /// <summary>Writes an array to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="array">The array.</param>
    /// <param name="fortranOrder">Whether to let the first index vary fastest.</param>
    /// <param name="bigEndian">Whether to write each element's most significant byte first.</param>
    /// <param name="version">The format's version: 1, 2 or 3.</param>
    public static void Write(
        Stream stream,
        HostBuffer array,
        bool fortranOrder = false,
        bool bigEndian = false,
        int version = 1
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, 3);
        var header = new NpyHeader(array.ElementType, array.Shape, fortranOrder, bigEndian, version);
        WriteHeader(stream, header);
        var elements = fortranOrder ? FortranOrder.FromRowMajor(array) : array;
        if (bigEndian != BitConverter.IsLittleEndian)
        {
            stream.Write(elements.AsBytes());
            return;
        }

        var block = new byte[1 << 16];
        for (var rest = elements.AsBytes(); rest.Length > 0; )
        {
            var part = block.AsSpan(0, Math.Min(block.Length, rest.Length));
            rest[..part.Length].CopyTo(part);
            ReverseBytes(part, array.ElementType.Size);
            stream.Write(part);
            rest = rest[part.Length..];
        }
    }

    private static NpyHeader ReadHeader(Stream stream, out long dataOffset)
    {
        Span<byte> prefix = stackalloc byte[12];
        ReadExactly(stream, prefix[..8], 0);
        if (!prefix.StartsWith(Magic))
        {
            throw new NpyFormatException("not a .npy file: it does not begin with \\x93NUMPY", 0);
        }

        int version = prefix[6];
        if (version is < 1 or > 3 || prefix[7] != 0)
        {
            throw new NpyFormatException($"unknown version {version}.{prefix[7]}", 6);
        }

        var start = version == 1 ? 10 : 12;
        ReadExactly(stream, prefix[8..start], 8);
        long length =
            version == 1
                ? BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..])
                : BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (length > MaxHeaderBytes)
        {
            throw new NpyFormatException($"a header of {length} bytes; at most {MaxHeaderBytes} are read", 8);
        }

        var bytes = new byte[length];
        ReadExactly(stream, bytes, start);
        var text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        dataOffset = start + length;
        return new NpyHeaderParser(text, start).Parse(version);
    }

    private static Array ReadElements(Stream stream, NpyHeader header, long dataOffset)
    {
        var count = header.Count;
        var size = header.ElementType.Size;
        if (count > Array.MaxLength || count * size > int.MaxValue)
        {
            throw new NpyFormatException($"{count} elements of {size} bytes are more than one array holds", dataOffset);
        }

        if (stream.CanSeek && stream.Length - stream.Position < count * size)
        {
            throw new NpyFormatException(
                $"the file ends early: {count * size} bytes of elements announced, {stream.Length - stream.Position} there",
                stream.Position
            );
        }

        var done = 0;
        var data = header.ElementType.NewArray((int)(stream.CanSeek ? count : Math.Min(count, FirstElements)));
        while (true)
        {
            ReadExactly(stream, Bytes(data, size)[(done * size)..], dataOffset + (long)done * size);
            done = data.Length;
            if (done == count)
            {
                return data;
            }

            var larger = header.ElementType.NewArray((int)Math.Min(count, 2L * done));
            Bytes(data, size).CopyTo(Bytes(larger, size));
            data = larger;
        }
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, long offset)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new NpyFormatException(
                $"the file ends early: {bytes.Length - read} bytes are missing",
                offset + read
            );
        }
    }

    private static void WriteHeader(Stream stream, NpyHeader header)
    {
        var start = header.MajorVersion == 1 ? 10 : 12;
        var text = header.ToString();
        var end = (start + text.Length + 1 + AlignData - 1) / AlignData * AlignData;
        var bytes = new byte[end];
        Magic.CopyTo(bytes);
        bytes[6] = (byte)header.MajorVersion;
        if (header.MajorVersion == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(end - start));
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)(end - start));
        }

        bytes.AsSpan(start).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(start));
        bytes[^1] = (byte)'\n';
        stream.Write(bytes);
    }

    private static Span<byte> Bytes(Array data, int size) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), data.Length * size);

    private static void ReverseBytes(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case 4:
                var words = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                var doubles = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            default:
                break; // single bytes have no order
        }
    }
}
