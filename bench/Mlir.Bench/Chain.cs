using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Mlir.Bench;

/// <summary>Ten operations in a row over two arrays, written four ways. Each returns a new array, as an expression does.</summary>
internal static class Chain
{
    /// <summary>Compiled by this project.</summary>
    public static readonly Kernel<Func<Tensor<double>, Tensor<double>, Tensor<double>>> Compiled = Jit.Compile(
        (Tensor<double> x, Tensor<double> y) => ((((x + y) * 0.5 - y) * x + 1.0) * y - x) * 0.25 * x + y
    );

    /// <summary>The same expression, run by System.Numerics.Tensors one operation at a time.</summary>
    public static Tensor<double> Eager(Tensor<double> x, Tensor<double> y) =>
        ((((x + y) * 0.5 - y) * x + 1.0) * y - x) * 0.25 * x + y;

    /// <summary>A plain loop on one thread.</summary>
    public static double[] Loop(double[] x, double[] y)
    {
        var result = GC.AllocateUninitializedArray<double>(x.Length);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ((((x[i] + y[i]) * 0.5 - y[i]) * x[i] + 1.0) * y[i] - x[i]) * 0.25 * x[i] + y[i];
        }

        return result;
    }

    /// <summary>A loop over <see cref="Vector{T}"/>, on as many threads as the compiled kernel uses.</summary>
    public static double[] Vectors(double[] x, double[] y, int threads)
    {
        var result = GC.AllocateUninitializedArray<double>(x.Length);
        if (threads == 1 || x.Length < 16_384)
        {
            VectorRange(x, y, result);
            return result;
        }

        var part = (x.Length / threads + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        Parallel.For(
            0,
            threads,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            t =>
            {
                var start = Math.Min(t * part, x.Length);
                var length = t == threads - 1 ? x.Length - start : Math.Min(part, x.Length - start);
                VectorRange(x.AsSpan(start, length), y.AsSpan(start, length), result.AsSpan(start, length));
            }
        );
        return result;
    }

    private static void VectorRange(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result)
    {
        var vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var vr = MemoryMarshal.Cast<double, Vector<double>>(result);
        var (half, one, quarter) = (new Vector<double>(0.5), Vector<double>.One, new Vector<double>(0.25));
        for (var i = 0; i < vr.Length; i++)
        {
            var (a, b) = (vx[i], vy[i]);
            vr[i] = ((((a + b) * half - b) * a + one) * b - a) * quarter * a + b;
        }

        for (var i = vr.Length * Vector<double>.Count; i < result.Length; i++)
        {
            result[i] = ((((x[i] + y[i]) * 0.5 - y[i]) * x[i] + 1.0) * y[i] - x[i]) * 0.25 * x[i] + y[i];
        }
    }

    /// <summary>An array of reproducible numbers.</summary>
    public static double[] Data(int size, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() * 2 - 1)];
    }
}
