using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Runtime;

/// <summary>A dense row-major array of any rank in managed memory, whose element type is known at run time only.</summary>
/// <remarks>The buffer refers to its array; it does not copy it. A rank of 0 is one element.</remarks>
public sealed class HostBuffer
{
    /// <summary>Lays a shape over an array.</summary>
    /// <param name="data">A one-dimensional array of an element type's .NET type.</param>
    /// <param name="shape">The sizes, outermost first; their product is the array's length.</param>
    /// <exception cref="ArgumentException">The shape does not fit the array.</exception>
    /// <exception cref="NotSupportedException">The array's elements are not of a type that kernels handle.</exception>
    public HostBuffer(Array data, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Rank != 1 || data.GetLowerBound(0) != 0)
        {
            throw new ArgumentException("The storage must be a one-dimensional array that starts at 0.", nameof(data));
        }

        ElementType = ElementTypes.Of(data.GetType().GetElementType()!);
        if (CountOf(shape) != data.LongLength)
        {
            throw new ArgumentException(
                $"A shape of [{string.Join(", ", shape.ToArray())}] does not hold {data.LongLength} elements.",
                nameof(shape)
            );
        }

        Data = data;
        Shape = [.. shape];
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The sizes, outermost first; empty for a single element.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements in row-major order.</summary>
    public Array Data { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Data.Length;

    /// <summary>The elements in row-major order.</summary>
    /// <typeparam name="T">The element type's .NET type.</typeparam>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged =>
        Data.GetType() == typeof(T[])
            ? Unsafe.As<T[]>(Data)
            : throw new InvalidCastException($"The elements are {ElementType}, not {typeof(T).Name}.");

    /// <summary>The elements' bytes as they lie in memory.</summary>
    public Span<byte> AsBytes() =>
        MemoryMarshal.CreateSpan(
            ref MemoryMarshal.GetArrayDataReference(Data),
            checked(Data.Length * ElementType.Size)
        );

    /// <summary>The same memory as a tensor.</summary>
    /// <typeparam name="T">The element type's .NET type.</typeparam>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    public Tensor<T> ToTensor<T>()
        where T : unmanaged =>
        Data is T[] array
            ? Tensor.Create(array, [.. Shape.Select(static size => (nint)size)])
            : throw new InvalidCastException($"The elements are {ElementType}, not {typeof(T).Name}.");

    /// <summary>Shape and type as MLIR writes them, for example <c>3x4xFloat64</c>.</summary>
    public override string ToString() => string.Concat(Shape.Select(static size => $"{size}x")) + ElementType;

    /// <summary>The number of elements of a shape.</summary>
    /// <exception cref="ArgumentException">A size is negative, or the product overflows.</exception>
    private static long CountOf(ReadOnlySpan<long> shape)
    {
        var empty = false;
        long count = 1;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw new ArgumentException($"A size cannot be negative: {size}.", nameof(shape));
            }

            empty |= size == 0;
        }

        foreach (var size in empty ? [] : shape)
        {
            count =
                count <= long.MaxValue / size
                    ? count * size
                    : throw new ArgumentException("The product of the sizes overflows.", nameof(shape));
        }

        return empty ? 0 : count;
    }
}
