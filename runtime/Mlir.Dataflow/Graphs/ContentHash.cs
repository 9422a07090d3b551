using System.Buffers.Binary;

namespace Mlir.Dataflow;

/// <summary>The first 128 bits of a SHA-256 hash.</summary>
/// <param name="High">The first 64 of them.</param>
/// <param name="Low">The others.</param>
internal readonly record struct ContentHash(ulong High, ulong Low) : IComparable<ContentHash>
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 16;

    /// <summary>Cuts a hash off.</summary>
    public static ContentHash Read(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));

    /// <summary>Writes the bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <inheritdoc/>
    public int CompareTo(ContentHash other) => (High, Low).CompareTo((other.High, other.Low));

    /// <summary>As 32 hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
