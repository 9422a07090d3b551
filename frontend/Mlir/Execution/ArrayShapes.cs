using System.Runtime.InteropServices;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>Arrays of the user's element type and rank over elements that lie in a row.</summary>
internal static class ArrayShapes
{
    /// <summary>A new array of <paramref name="element"/> with these sizes and the bytes of <paramref name="storage"/>.</summary>
    public static Array Shape(Array storage, Type element, ReadOnlySpan<long> sizes)
    {
        var array = Array.CreateInstance(element, [.. sizes]);
        var bytes = checked(storage.Length * ElementTypes.Of(storage.GetType().GetElementType()!).Size);
        MemoryMarshal
            .CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(storage), bytes)
            .CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bytes));
        return array;
    }

    /// <summary>The elements of an array of any rank in a row, as an array of another element type of equal size.</summary>
    public static Array Flatten(Array array, ElementType type)
    {
        var flat = type.NewArray(array.Length);
        var bytes = checked(array.Length * type.Size);
        MemoryMarshal
            .CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), bytes)
            .CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(flat), bytes));
        return flat;
    }
}
