using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Bench.Arrays.Interop;

namespace Mlir.Bench.Arrays;

/// <summary>Arrays as the peers get them: large pages, touched, and staggered by cache lines so that they do not collide.</summary>
internal static unsafe class PeerArray
{
    private const int LargePage = 2 << 20;
    private const int Stagger = 1088;

    private static int made;

    /// <summary>A tensor of zeros, and its first elements as a square grid.</summary>
    public static (Tensor<T> Flat, Tensor<T> Grid) Create<T>(int count, nint side)
        where T : unmanaged
    {
        var size = sizeof(T);
        var array = GC.AllocateUninitializedArray<T>(count + ((2 * LargePage) + (8 * Stagger)) / size, pinned: true);
        ref var first = ref MemoryMarshal.GetArrayDataReference(array);
        var address = (nint)Unsafe.AsPointer(ref first);
        var aligned = (address + LargePage - 1) & -LargePage;
        var bytes = ((nint)count * size + (8 * Stagger) + LargePage - 1) & -LargePage;
        Pages.Advise((void*)aligned, (nuint)Math.Min(bytes, address + ((nint)array.Length * size) - aligned));
        array.AsSpan().Clear();
        var start = ((aligned - address) + (made++ % 8 * Stagger)) / size;
        return (
            Tensor.Create(array, (int)start, [count], default),
            Tensor.Create(array, (int)start, [side, side], default)
        );
    }
}
