using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Operations;

/// <summary>An operation on whole vectors, for the instructions that kernels consist of.</summary>
internal interface IVectorOperation<T>
    where T : unmanaged
{
    /// <summary>The result of all elements; operands that the operation does not have are repeated ones.</summary>
    static abstract Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z);
}

/// <summary>Applies a vector operation to all lanes; those outside of the mask keep what they have.</summary>
internal sealed unsafe class VectorMap<T, TOperation>(int result, int x, int y, int z) : Instruction
    where T : unmanaged
    where TOperation : IVectorOperation<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var to = (T*)(warp.Registers + result);
        var a = (T*)(warp.Registers + x);
        var b = (T*)(warp.Registers + y);
        var c = (T*)(warp.Registers + z);
        if (mask == uint.MaxValue)
        {
            for (var i = 0; i < 32; i += Vector512<T>.Count)
            {
                TOperation.Apply(Vector512.Load(a + i), Vector512.Load(b + i), Vector512.Load(c + i)).Store(to + i);
            }

            return;
        }

        var all = stackalloc T[32];
        for (var i = 0; i < 32; i += Vector512<T>.Count)
        {
            TOperation.Apply(Vector512.Load(a + i), Vector512.Load(b + i), Vector512.Load(c + i)).Store(all + i);
        }

        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = all[lane];
        }
    }
}

internal readonly struct Copy<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x;
}

internal readonly struct Add<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x + y;
}

internal readonly struct Subtract<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x - y;
}

internal readonly struct Multiply<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x * y;
}

internal readonly struct MultiplyAdd<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => (x * y) + z;
}

internal readonly struct And<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x & y;
}

internal readonly struct Or<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x | y;
}

internal readonly struct Xor<T> : IVectorOperation<T>
    where T : unmanaged
{
    public static Vector512<T> Apply(Vector512<T> x, Vector512<T> y, Vector512<T> z) => x ^ y;
}

internal readonly struct FusedSingle : IVectorOperation<float>
{
    public static Vector512<float> Apply(Vector512<float> x, Vector512<float> y, Vector512<float> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);
}

internal readonly struct FusedDouble : IVectorOperation<double>
{
    public static Vector512<double> Apply(Vector512<double> x, Vector512<double> y, Vector512<double> z) =>
        Vector512.FusedMultiplyAdd(x, y, z);
}

/// <summary>Single precision gives one NaN only.</summary>
internal readonly struct Canonical<TOperation> : IVectorOperation<float>
    where TOperation : IVectorOperation<float>
{
    public static Vector512<float> Apply(Vector512<float> x, Vector512<float> y, Vector512<float> z)
    {
        var result = TOperation.Apply(x, y, z);
        return Vector512.ConditionalSelect(
            Vector512.Equals(result, result),
            result,
            Vector512.Create(Floats.CanonicalBits).AsSingle()
        );
    }
}

/// <summary>Subnormal operands and results count as zero of their sign.</summary>
internal readonly struct Flushed<TOperation> : IVectorOperation<float>
    where TOperation : IVectorOperation<float>
{
    public static Vector512<float> Apply(Vector512<float> x, Vector512<float> y, Vector512<float> z) =>
        Flush(TOperation.Apply(Flush(x), Flush(y), Flush(z)));

    private static Vector512<float> Flush(Vector512<float> x)
    {
        var isTiny = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Floats.SmallestNormal));
        return Vector512.ConditionalSelect(isTiny, x & Vector512.Create(-0f), x);
    }
}
