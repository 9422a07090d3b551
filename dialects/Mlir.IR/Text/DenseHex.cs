namespace Mlir.IR.Text;

/// <summary>Converts between the bytes of a dense constant and those that MLIR writes as a hexadecimal string.</summary>
/// <remarks>MLIR packs <c>i1</c> eight to a byte and rounds other widths up to bytes; here elements take powers of two bytes.</remarks>
internal static class DenseHex
{
    private static int PackedSize(IrType type) =>
        type switch
        {
            ComplexType complex => 2 * PackedSize(complex.ElementType),
            IntegerType integer => Math.Max(1, (integer.Width + 7) / 8),
            FloatType format => (format.Width + 7) / 8,
            _ => 8,
        };

    private static bool IsBits(IrType type) => type is IntegerType { Width: 1 };

    /// <summary>The bytes as MLIR writes them.</summary>
    public static byte[] Encode(IrType type, ReadOnlySpan<byte> data)
    {
        if (IsBits(type))
        {
            var bits = new byte[(data.Length + 7) / 8];
            for (var i = 0; i < data.Length; i++)
            {
                bits[i / 8] |= (byte)((data[i] & 1) << (i % 8));
            }

            return bits;
        }

        var (size, packed) = Scalars(type);
        return size == packed ? data.ToArray() : Resize(data, size, packed);
    }

    /// <summary>The bytes as <see cref="DenseElementsAttr"/> keeps them: all elements, or one for a splat; null when the length fits neither.</summary>
    public static byte[]? Decode(ShapedType type, ReadOnlySpan<byte> raw)
    {
        var element = type.ElementType;
        var count = type.ElementCount;
        if (IsBits(element))
        {
            if (raw.Length == 1 && raw[0] is 0 or 0xFF)
            {
                return count == 0 ? [] : [(byte)(raw[0] & 1)];
            }

            if (raw.Length != (count + 7) / 8)
            {
                return null;
            }

            var bits = new byte[count];
            for (var i = 0; i < bits.Length; i++)
            {
                bits[i] = (byte)((raw[i / 8] >> (i % 8)) & 1);
            }

            return bits;
        }

        var total = (UInt128)(ulong)count * (uint)PackedSize(element);
        if ((UInt128)(uint)raw.Length != total && raw.Length != PackedSize(element))
        {
            return null;
        }

        if (count == 0)
        {
            return [];
        }

        var (size, packed) = Scalars(element);
        var data = size == packed ? raw.ToArray() : Resize(raw, packed, size);
        Mask(element, data, size);
        return data;
    }

    private static (int Size, int Packed) Scalars(IrType type)
    {
        var scalar = type is ComplexType complex ? complex.ElementType : type;
        return (DenseElementsAttr.ElementSize(scalar), PackedSize(scalar));
    }

    private static byte[] Resize(ReadOnlySpan<byte> data, int from, int to)
    {
        var result = new byte[data.Length / from * to];
        for (var i = 0; i < data.Length / from; i++)
        {
            data.Slice(i * from, Math.Min(from, to)).CopyTo(result.AsSpan(i * to));
        }

        return result;
    }

    /// <summary>Clears the bits above the width of an element, so that equal constants have equal bytes.</summary>
    private static void Mask(IrType type, Span<byte> data, int size)
    {
        var scalar = type is ComplexType complex ? complex.ElementType : type;
        var width = scalar switch
        {
            IntegerType i => i.Width,
            FloatType f => f.Width,
            _ => 64,
        };
        if (width % 8 == 0 && width / 8 == size)
        {
            return;
        }

        for (var i = 0; i < data.Length; i++)
        {
            var used = Math.Clamp(width - i % size * 8, 0, 8);
            data[i] &= (byte)((1 << used) - 1);
        }
    }
}
