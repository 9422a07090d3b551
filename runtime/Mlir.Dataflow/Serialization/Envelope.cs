using System.Security.Cryptography;

namespace Mlir.Dataflow;

/// <summary>The outside of everything that is serialized: a mark, the format's version, the kind, the contents, their hash.</summary>
/// <remarks>The hash finds damage and names the contents; who sent them it cannot tell.</remarks>
internal static class Envelope
{
    /// <summary>The first bytes: the mark and the version.</summary>
    private static ReadOnlySpan<byte> Mark => "MF\x01"u8;

    private const int HashBytes = 16;

    /// <summary>Wraps contents.</summary>
    public static byte[] Wrap(SerializedKind kind, ReadOnlySpan<byte> contents)
    {
        var bytes = new byte[Mark.Length + 1 + contents.Length + HashBytes];
        Mark.CopyTo(bytes);
        bytes[Mark.Length] = (byte)kind;
        contents.CopyTo(bytes.AsSpan(Mark.Length + 1));
        HashOf(bytes.AsSpan(..^HashBytes), bytes.AsSpan(^HashBytes..));
        return bytes;
    }

    /// <summary>Takes contents out.</summary>
    /// <exception cref="SerializationException">The bytes are damaged, or of another version.</exception>
    public static SerializedReader Unwrap(ReadOnlySpan<byte> bytes, SerializationLimits limits, out SerializedKind kind)
    {
        if (bytes.Length > limits.MaxBytes)
        {
            throw new SerializationException($"{bytes.Length} bytes are more than the limit of {limits.MaxBytes}");
        }

        if (bytes.Length < Mark.Length + 1 + HashBytes || !bytes.StartsWith(Mark[..2]))
        {
            throw new SerializationException("the bytes are neither a task nor values");
        }

        if (!bytes.StartsWith(Mark))
        {
            throw new SerializationException(
                $"the bytes are of version {bytes[2]} of the format; this program reads version {Mark[2]}"
            );
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        HashOf(bytes[..^HashBytes], hash);
        if (!hash.SequenceEqual(bytes[^HashBytes..]))
        {
            throw new SerializationException("the bytes are damaged: their hash is another one");
        }

        kind = (SerializedKind)bytes[Mark.Length];
        return new SerializedReader(bytes[(Mark.Length + 1)..^HashBytes], limits);
    }

    private static void HashOf(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        Span<byte> all = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, all);
        all[..hash.Length].CopyTo(hash);
    }
}
