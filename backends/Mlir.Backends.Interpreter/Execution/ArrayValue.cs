using System.Runtime.CompilerServices;

namespace Mlir.Backends.Interpreter;

/// <summary>A tensor, vector or memref at run time: a strided view of storage. Tensors and vectors are never written after they were made.</summary>
internal sealed class ArrayValue
{
    /// <summary>A view.</summary>
    public ArrayValue(Storage storage, long offset, long[] sizes, long[] strides) =>
        (Storage, Offset, Sizes, Strides) = (storage, offset, sizes, strides);

    /// <summary>A dense array over storage that holds exactly its elements.</summary>
    public ArrayValue(Storage storage, long[] sizes)
        : this(storage, 0, sizes, DenseStrides(sizes)) { }

    /// <summary>A new dense array of zeros.</summary>
    public ArrayValue(ElementKind kind, long[] sizes)
        : this(new Storage(kind, CountOf(sizes)), sizes) { }

    /// <summary>The elements, and others that are not part of the view.</summary>
    public Storage Storage { get; }

    /// <summary>The position of the first element.</summary>
    public long Offset { get; }

    /// <summary>The sizes.</summary>
    public long[] Sizes { get; }

    /// <summary>The distance in elements between neighbours along each dimension.</summary>
    public long[] Strides { get; }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Sizes.Length;

    /// <summary>How an element is kept.</summary>
    public ElementKind Kind => Storage.Kind;

    /// <summary>The number of elements.</summary>
    public long Count => CountOf(Sizes);

    /// <summary>Whether the elements lie one after the other from <see cref="Offset"/>.</summary>
    public bool IsDense
    {
        get
        {
            var expected = 1L;
            for (var i = Rank - 1; i >= 0; i--)
            {
                if (Sizes[i] == 0)
                {
                    return true;
                }

                if (Sizes[i] != 1 && Strides[i] != expected)
                {
                    return false;
                }

                expected *= Sizes[i];
            }

            return true;
        }
    }

    /// <summary>This array if it is dense, else a dense copy.</summary>
    public ArrayValue Dense() => IsDense ? this : Copy();

    /// <summary>A dense copy with storage of its own.</summary>
    public ArrayValue Copy()
    {
        var copy = new ArrayValue(Storage.Kind, Sizes);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Writes all elements of an array of the same sizes into this one.</summary>
    public void CopyFrom(ArrayValue source)
    {
        var count = Count;
        if (count == 0)
        {
            // An empty part may begin behind the last element.
            return;
        }

        if (IsDense && source.IsDense)
        {
            Array.Copy(source.Storage.Data, source.Offset, Storage.Data, Offset, count);
            return;
        }

        var here = new ElementWalker(this);
        var there = new ElementWalker(source);
        for (long i = 0; i < count; i++)
        {
            Storage.CopyElement(here.Position, source.Storage, there.Position);
            here.MoveNext();
            there.MoveNext();
        }
    }

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="InsufficientMemoryException">The product overflows.</exception>
    public static long CountOf(ReadOnlySpan<long> sizes)
    {
        var count = 1L;
        foreach (var size in sizes)
        {
            if (size < 0 || (size != 0 && count > long.MaxValue / size))
            {
                throw new InsufficientMemoryException(
                    $"an array of sizes [{string.Join(", ", sizes.ToArray())}] is not possible"
                );
            }

            count *= size;
        }

        return count;
    }

    /// <summary>The strides of a dense row-major array.</summary>
    public static long[] DenseStrides(ReadOnlySpan<long> sizes)
    {
        var strides = new long[sizes.Length];
        var stride = 1L;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= sizes[i];
        }

        return strides;
    }

    /// <summary>The object at a position of boxed storage.</summary>
    public static object? GetBoxed(Storage storage, long position) => Unsafe.As<object?[]>(storage.Data)[position];

    /// <summary>Sets the object at a position of boxed storage.</summary>
    public static void SetBoxed(Storage storage, long position, object? value) =>
        Unsafe.As<object?[]>(storage.Data)[position] = value;
}
