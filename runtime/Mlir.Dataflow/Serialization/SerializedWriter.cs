using System.Buffers;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>Writes the contents of serialized bytes. Numbers are written in groups of seven bits, low ones first.</summary>
internal sealed class SerializedWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value) => _buffer.Write([value]);

    /// <summary>Writes a number that is not negative.</summary>
    public void WriteNumber(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Writes a name, its length first.</summary>
    public void WriteName(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        WriteNumber(bytes.Length);
        WriteBytes(bytes);
    }
}
