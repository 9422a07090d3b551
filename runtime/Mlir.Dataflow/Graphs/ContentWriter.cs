using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mlir.Dataflow;

/// <summary>Hashes a sequence of parts. Each part says how long it is, so that different sequences are different bytes.</summary>
internal sealed class ContentWriter
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[4096];
    private int _used;

    /// <summary>Adds a number.</summary>
    public void Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        AddBytes(bytes);
    }

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Add((long)text.Length);
        AddBytes(MemoryMarshal.AsBytes(text));
    }

    /// <summary>Adds a hash.</summary>
    public void Add(ContentHash hash)
    {
        Span<byte> bytes = stackalloc byte[ContentHash.Size];
        hash.Write(bytes);
        AddBytes(bytes);
    }

    /// <summary>Adds what an object holds.</summary>
    /// <exception cref="NotSupportedException">It holds something that has no content.</exception>
    public void AddContent(object? value) => new ContentWalk(this).Add(value);

    /// <summary>Adds bytes whose number is known from what was added before.</summary>
    public void AddBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                _hash.AppendData(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>The hash of what was added; the next one starts anew.</summary>
    public ContentHash ToHash()
    {
        Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return ContentHash.Read(hash);
    }

    /// <summary>Forgets what was added.</summary>
    public void Reset() => ToHash();

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
