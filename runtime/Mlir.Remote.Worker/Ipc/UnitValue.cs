using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>A parameter or result of a compiled function.</summary>
/// <param name="Element">The scalar's type, or that of the array's elements; integers without sign count as signed.</param>
/// <param name="Shape">Null for a scalar; an array's sizes, -1 where any size will do.</param>
internal readonly record struct UnitValue(ElementType Element, ImmutableArray<long>? Shape)
{
    /// <summary>The largest product of sizes, in bytes of at least eight an element, that kernels can compute addresses of.</summary>
    private const long MaxExtent = 1L << 56;

    /// <summary>Whether this is a scalar.</summary>
    public bool IsScalar => Shape is null;

    /// <summary>The bytes of an array of these sizes.</summary>
    /// <param name="sizes">One for each dimension.</param>
    /// <returns>-1 if the sizes do not fit this type, or no memory could hold them.</returns>
    public long BytesOf(ReadOnlySpan<long> sizes)
    {
        if (Shape is not { } shape || sizes.Length != shape.Length)
        {
            return -1;
        }

        var empty = false;
        long extent = Math.Max(Element.Size, sizeof(long));
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0 || (shape[i] >= 0 && shape[i] != sizes[i]))
            {
                return -1;
            }

            // An empty array's other sizes take part in address arithmetic too.
            var size = Math.Max(sizes[i], 1);
            if (size > MaxExtent / extent)
            {
                return -1;
            }

            extent *= size;
            empty |= sizes[i] == 0;
        }

        long bytes = empty ? 0 : Element.Size;
        foreach (var size in sizes)
        {
            bytes *= size;
        }

        return bytes;
    }

    /// <summary>For example <c>Int32</c>, or <c>?x4xFloat64</c>.</summary>
    public override string ToString() =>
        string.Concat((Shape ?? []).Select(static size => size < 0 ? "?x" : $"{size}x")) + Element;
}
