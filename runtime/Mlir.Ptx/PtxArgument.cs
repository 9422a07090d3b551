using System.Buffers.Binary;

namespace Mlir.Ptx;

/// <summary>A value for a kernel's parameter, of one to eight bytes.</summary>
public readonly struct PtxArgument
{
    private readonly ulong bits;

    private PtxArgument(ulong bits, int bytes)
    {
        this.bits = bits;
        Bytes = bytes;
    }

    /// <summary>The size of the value; the parameter must have the same.</summary>
    public int Bytes { get; }

    /// <summary>An address, or an integer of 64 bits.</summary>
    public static implicit operator PtxArgument(ulong value) => new(value, 8);

    /// <summary>An integer of 64 bits.</summary>
    public static implicit operator PtxArgument(long value) => new((ulong)value, 8);

    /// <summary>An integer of 32 bits.</summary>
    public static implicit operator PtxArgument(int value) => new((uint)value, 4);

    /// <summary>An integer of 32 bits.</summary>
    public static implicit operator PtxArgument(uint value) => new(value, 4);

    /// <summary>An integer of 16 bits.</summary>
    public static implicit operator PtxArgument(short value) => new((ushort)value, 2);

    /// <summary>An integer of 8 bits.</summary>
    public static implicit operator PtxArgument(byte value) => new(value, 1);

    /// <summary>A number in single precision.</summary>
    public static implicit operator PtxArgument(float value) => new(BitConverter.SingleToUInt32Bits(value), 4);

    /// <summary>A number in double precision.</summary>
    public static implicit operator PtxArgument(double value) => new(BitConverter.DoubleToUInt64Bits(value), 8);

    /// <summary>A number in half precision.</summary>
    public static implicit operator PtxArgument(Half value) => new(BitConverter.HalfToUInt16Bits(value), 2);

    internal void CopyTo(Span<byte> parameter)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(all, bits);
        all[..Bytes].CopyTo(parameter);
    }
}
