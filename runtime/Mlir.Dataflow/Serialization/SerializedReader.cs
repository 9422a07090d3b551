using System.Text;
using System.Text.Unicode;

namespace Mlir.Dataflow;

/// <summary>Reads the contents of serialized bytes, of which nothing is believed.</summary>
internal ref struct SerializedReader(ReadOnlySpan<byte> bytes, SerializationLimits limits)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How large things may be.</summary>
    public SerializationLimits Limits { get; } = limits;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Reads a byte.</summary>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <summary>Reads bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadBytes(long count)
    {
        if (count > _rest.Length)
        {
            throw new SerializationException($"{count} bytes are missing: there are {_rest.Length} left");
        }

        var read = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return read;
    }

    /// <summary>Reads a number that is not negative.</summary>
    public long ReadNumber()
    {
        var value = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = ReadByte();
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new SerializationException("a number has too many digits");
    }

    /// <summary>Reads how many items a list has.</summary>
    public int ReadCount()
    {
        var count = ReadNumber();
        return count <= Limits.MaxItems
            ? (int)count
            : throw new SerializationException($"a list has {count} items; {Limits.MaxItems} are allowed");
    }

    /// <summary>Reads a name.</summary>
    public string ReadName()
    {
        var bytes = ReadBytes(ReadNumber());
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new SerializationException("a name is not valid text");
    }

    /// <summary>Checks that everything was read.</summary>
    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw new SerializationException($"{_rest.Length} bytes follow the end");
        }
    }
}
