using System.Runtime.InteropServices;
using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>The elements of a tensor or vector constant, <c>dense&lt;[1, 2]> : tensor&lt;2xi32&gt;</c>.</summary>
/// <remarks>
/// Elements lie in row-major order, little-endian, each in the bytes of its type rounded up to a power of two (<c>i1</c> one byte,
/// <c>index</c> eight, <c>complex</c> real part first). A splat holds one element that stands for all.
/// </remarks>
public sealed record DenseElementsAttr : TypedAttr
{
    private DenseElementsAttr(ShapedType type, EquatableArray<byte> data)
        : base(type) => Data = data;

    /// <summary>The type of the whole array.</summary>
    public ShapedType ShapedType => (ShapedType)Type;

    /// <summary>The bytes of all elements, or of the one of a splat.</summary>
    public EquatableArray<byte> Data { get; }

    /// <summary>Whether one stored element stands for all.</summary>
    public bool IsSplat => Data.Count == ElementSize(ShapedType.ElementType);

    /// <summary>The array of <paramref name="type"/> with the bytes <paramref name="data"/>: all elements, or one for a splat.</summary>
    /// <exception cref="ArgumentException">The number of bytes fits neither all elements nor one.</exception>
    public static DenseElementsAttr Get(ShapedType type, ReadOnlySpan<byte> data)
    {
        var size = ElementSize(type.ElementType);
        if (data.Length != size && data.Length != type.ElementCount * size)
        {
            throw new ArgumentException(
                $"{type} needs {type.ElementCount} elements of {size} bytes, got {data.Length} bytes"
            );
        }

        // Equal elements are kept once, so that equal constants are equal however they were made.
        if (data.Length > size && data[size..].SequenceEqual(data[..^size]))
        {
            data = data[..size];
        }

        return Intern(new DenseElementsAttr(type, EquatableArray.Create(data)));
    }

    /// <summary>The array of <paramref name="type"/> whose elements all equal <paramref name="element"/>.</summary>
    public static DenseElementsAttr Splat(ShapedType type, TypedAttr element)
    {
        Span<byte> bytes = stackalloc byte[ElementSize(type.ElementType)];
        WriteElement(element, bytes);
        return Get(type, bytes);
    }

    /// <summary>The element at the row-major position <paramref name="index"/> (an <see cref="IntegerAttr"/> or <see cref="FloatAttr"/>).</summary>
    /// <exception cref="InvalidOperationException">The elements are complex numbers, which have no attribute of their own.</exception>
    public TypedAttr GetElement(long index)
    {
        var type = ShapedType.ElementType;
        var size = ElementSize(type);
        var bytes = Data.Span.Slice(checked((int)(IsSplat ? 0 : index * size)), size);
        return ReadElement(type, bytes);
    }

    /// <summary>The single element of a splat, or null.</summary>
    public TypedAttr? SplatValue => IsSplat && ShapedType.ElementType is not ComplexType ? GetElement(0) : null;

    /// <summary>The bytes that one element of <paramref name="type"/> takes.</summary>
    /// <exception cref="ArgumentException">The type cannot be an element.</exception>
    public static int ElementSize(IrType type) =>
        type switch
        {
            IndexType => 8,
            IntegerType { Width: <= 128 } i => (int)
                System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (i.Width + 7) / 8)),
            FloatType f => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)((f.Width + 7) / 8)),
            ComplexType c => 2 * ElementSize(c.ElementType),
            _ => throw new ArgumentException($"a dense constant cannot have elements of type {type}", nameof(type)),
        };

    /// <summary>Writes the bytes of <paramref name="element"/> in the layout of <see cref="Data"/>.</summary>
    public static void WriteElement(TypedAttr element, Span<byte> bytes)
    {
        var bits = element switch
        {
            IntegerAttr i => (UInt128)i.Value,
            FloatAttr f => f.Bits,
            _ => throw new ArgumentException($"{element} is not a scalar", nameof(element)),
        };
        Span<byte> all = stackalloc byte[16];
        MemoryMarshal.Write(all, in bits);
        all[..bytes.Length].CopyTo(bytes);
        if (element.Type is IntegerType { Width: 1 })
        {
            bytes[0] &= 1;
        }
    }

    private static TypedAttr ReadElement(IrType type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> all = stackalloc byte[16];
        all.Clear();
        bytes.CopyTo(all);
        var bits = MemoryMarshal.Read<UInt128>(all);
        return type switch
        {
            FloatType f => FloatAttr.FromBits(f, bits),
            IndexType or IntegerType => IntegerAttr.Get(type, (Int128)bits),
            _ => throw new InvalidOperationException($"an element of type {type} has no scalar attribute"),
        };
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteDenseElements(this);
}
