using System.Runtime.InteropServices;

namespace Mlir.Runtime.Npy;

/// <summary>Reorders elements between row-major order and the one in which the first index varies fastest.</summary>
internal static class FortranOrder
{
    /// <summary>A row-major copy of elements that lie in Fortran order.</summary>
    /// <param name="array">Elements in Fortran order under their real shape.</param>
    public static HostBuffer ToRowMajor(HostBuffer array)
    {
        // Walk the result in its own order: index d of the source advances by the product of the sizes before d.
        var shape = array.Shape.AsSpan();
        var strides = new long[shape.Length];
        long stride = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return Gather(array, shape, strides, shape);
    }

    /// <summary>The elements of a row-major array in Fortran order, under the same shape.</summary>
    /// <param name="array">Elements in row-major order.</param>
    public static HostBuffer FromRowMajor(HostBuffer array)
    {
        // Fortran order is the row-major order of the transposed array, whose sizes and strides run backwards.
        var shape = array.Shape.AsSpan();
        var reversed = shape.ToArray();
        Array.Reverse(reversed);
        var strides = new long[shape.Length];
        long stride = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= reversed[d];
        }

        return Gather(array, reversed, strides, shape);
    }

    private static HostBuffer Gather(
        HostBuffer array,
        ReadOnlySpan<long> sizes,
        ReadOnlySpan<long> strides,
        ReadOnlySpan<long> shape
    )
    {
        var result = new HostBuffer(array.ElementType.NewArray(array.Count), shape);
        switch (array.ElementType.Size)
        {
            case 1:
                Gather(array.AsBytes(), result.AsBytes(), sizes, strides);
                break;
            case 2:
                Gather(Cast<ushort>(array), Cast<ushort>(result), sizes, strides);
                break;
            case 4:
                Gather(Cast<uint>(array), Cast<uint>(result), sizes, strides);
                break;
            default:
                Gather(Cast<ulong>(array), Cast<ulong>(result), sizes, strides);
                break;
        }

        return result;
    }

    private static Span<T> Cast<T>(HostBuffer array)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(array.AsBytes());

    private static void Gather<T>(
        ReadOnlySpan<T> source,
        Span<T> target,
        ReadOnlySpan<long> sizes,
        ReadOnlySpan<long> strides
    )
    {
        if (sizes.Length == 0)
        {
            source.CopyTo(target);
            return;
        }

        Span<long> index = stackalloc long[sizes.Length];
        index.Clear();
        var innerSize = (int)sizes[^1];
        var innerStride = (int)strides[^1];
        var from = 0;
        for (var to = 0; to < target.Length; )
        {
            for (var i = 0; i < innerSize; i++)
            {
                target[to++] = source[from + (i * innerStride)];
            }

            for (var d = sizes.Length - 2; d >= 0; d--)
            {
                from += (int)strides[d];
                if (++index[d] < sizes[d])
                {
                    break;
                }

                index[d] = 0;
                from -= (int)(strides[d] * sizes[d]);
            }
        }
    }
}
