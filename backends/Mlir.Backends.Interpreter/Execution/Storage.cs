using System.Runtime.CompilerServices;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>The elements of an array, in a one-dimensional .NET array of the matching type.</summary>
internal sealed class Storage
{
    /// <summary>Wraps an array whose element size fits the kind.</summary>
    public Storage(ElementKind kind, Array data) => (Kind, Data) = (kind, data);

    /// <summary>New elements, all zero.</summary>
    /// <exception cref="InsufficientMemoryException">There are more elements than an array can have.</exception>
    public Storage(ElementKind kind, long count)
        : this(kind, NewArray(kind, count)) { }

    /// <summary>How an element is kept.</summary>
    public ElementKind Kind { get; }

    /// <summary>The elements.</summary>
    public Array Data { get; }

    /// <summary>Whether others hold the elements too: the caller, or the program as a constant. They must not become a result as they are.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether <c>memref.dealloc</c> has ended its life.</summary>
    public bool IsFreed { get; set; }

    /// <summary>The number of elements.</summary>
    public long Count => Data.LongLength;

    /// <summary>The element at <paramref name="index"/> as a register holds it.</summary>
    public long Load(long index) =>
        Kind switch
        {
            ElementKind.I1 => -(Unsafe.As<byte[]>(Data)[index] & 1),
            ElementKind.I8 => Unsafe.As<sbyte[]>(Data)[index],
            ElementKind.I16 => Unsafe.As<short[]>(Data)[index],
            ElementKind.I32 => Unsafe.As<int[]>(Data)[index],
            ElementKind.I64 or ElementKind.F64 => Unsafe.As<long[]>(Data)[index],
            ElementKind.F16 or ElementKind.BF16 => Unsafe.As<ushort[]>(Data)[index],
            ElementKind.F32 => Unsafe.As<uint[]>(Data)[index],
            _ => throw new InvalidOperationException("a boxed element has no register form"),
        };

    /// <summary>Sets the element at <paramref name="index"/> from a register.</summary>
    public void Store(long index, long value)
    {
        switch (Kind)
        {
            case ElementKind.I1:
                Unsafe.As<byte[]>(Data)[index] = (byte)(value & 1);
                break;
            case ElementKind.I8:
                Unsafe.As<sbyte[]>(Data)[index] = unchecked((sbyte)value);
                break;
            case ElementKind.I16 or ElementKind.F16 or ElementKind.BF16:
                Unsafe.As<short[]>(Data)[index] = unchecked((short)value);
                break;
            case ElementKind.I32 or ElementKind.F32:
                Unsafe.As<int[]>(Data)[index] = unchecked((int)value);
                break;
            case ElementKind.I64 or ElementKind.F64:
                Unsafe.As<long[]>(Data)[index] = value;
                break;
            default:
                throw new InvalidOperationException("a boxed element has no register form");
        }
    }

    /// <summary>Reads consecutive elements as registers hold them.</summary>
    public void Read(long start, Span<long> into)
    {
        switch (Kind)
        {
            case ElementKind.I1:
                Widen(Slice<byte>(start, into.Length), into, static x => -(x & 1));
                break;
            case ElementKind.I8:
                Widen(Slice<sbyte>(start, into.Length), into, static x => x);
                break;
            case ElementKind.I16:
                Widen(Slice<short>(start, into.Length), into, static x => x);
                break;
            case ElementKind.F16 or ElementKind.BF16:
                Widen(Slice<ushort>(start, into.Length), into, static x => x);
                break;
            case ElementKind.I32:
                var ints = Slice<int>(start, into.Length);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = ints[i];
                }

                break;
            case ElementKind.F32:
                var floats = Slice<uint>(start, into.Length);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = floats[i];
                }

                break;
            default:
                Slice<long>(start, into.Length).CopyTo(into);
                break;
        }
    }

    /// <summary>Writes consecutive elements from registers.</summary>
    public void Write(long start, ReadOnlySpan<long> from)
    {
        switch (Kind)
        {
            case ElementKind.I32 or ElementKind.F32:
                var ints = Slice<int>(start, from.Length);
                for (var i = 0; i < ints.Length; i++)
                {
                    ints[i] = unchecked((int)from[i]);
                }

                break;
            case ElementKind.I64 or ElementKind.F64:
                from.CopyTo(Slice<long>(start, from.Length));
                break;
            default:
                for (var i = 0; i < from.Length; i++)
                {
                    Store(start + i, from[i]);
                }

                break;
        }
    }

    /// <summary>Copies one element of storage of the same kind.</summary>
    public void CopyElement(long index, Storage source, long sourceIndex)
    {
        if (Kind == ElementKind.Boxed)
        {
            Unsafe.As<object?[]>(Data)[index] = Unsafe.As<object?[]>(source.Data)[sourceIndex];
        }
        else
        {
            Store(index, source.Load(sourceIndex));
        }
    }

    /// <summary>The elements of a constant.</summary>
    public static Storage From(DenseElementsAttr constant)
    {
        var type = constant.ShapedType.ElementType;
        var count = constant.ShapedType.ElementCount;
        var storage = new Storage(ElementKinds.Of(type), count) { IsShared = true };
        for (long i = 0; i < count; i++)
        {
            if (i > 0 && constant.IsSplat)
            {
                storage.CopyElement(i, storage, 0);
            }
            else if (storage.Kind == ElementKind.Boxed)
            {
                Unsafe.As<object?[]>(storage.Data)[i] = constant.GetElement(i);
            }
            else
            {
                storage.Store(i, ElementKinds.ToRegister(constant.GetElement(i)));
            }
        }

        return storage;
    }

    private static Array NewArray(ElementKind kind, long count)
    {
        if (count < 0 || count > Array.MaxLength)
        {
            throw new InsufficientMemoryException(
                $"an array of {count} elements is too large: {Array.MaxLength} is the most"
            );
        }

        return kind switch
        {
            ElementKind.I1 => new bool[count],
            ElementKind.I8 => new sbyte[count],
            ElementKind.I16 => new short[count],
            ElementKind.I32 => new int[count],
            ElementKind.I64 => new long[count],
            ElementKind.F16 => new Half[count],
            ElementKind.BF16 => new ushort[count],
            ElementKind.F32 => new float[count],
            ElementKind.F64 => new double[count],
            _ => new object?[count],
        };
    }

    private Span<T> Slice<T>(long start, int length)
        where T : unmanaged
    {
        var all = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(Data)),
            Data.Length
        );
        return all.Slice(checked((int)start), length);
    }

    private static void Widen<T>(ReadOnlySpan<T> from, Span<long> into, Func<T, long> widen)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = widen(from[i]);
        }
    }
}
