using System.Runtime.InteropServices;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>The elements of arrays wherever they lie.</summary>
internal static class Arrays
{
    public static unsafe T[] Read<T>(WorkerArray array)
        where T : unmanaged
    {
        var count = (int)array.Shape.Aggregate(1L, static (product, size) => product * size);
        var bytes = array.Segment is { } segment ? segment.Slice(0, count * sizeof(T)) : array.Inline.Span;
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}
