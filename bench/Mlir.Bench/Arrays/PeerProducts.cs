using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Arrays;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Bench.Arrays.Interop;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Bench.Arrays;

/// <summary>The dense linear algebra of the peer kit: products of large and small matrices, with vectors, and a layer of a network.</summary>
internal static unsafe class PeerProducts
{
    private const int LargePage = 2 << 20;

    /// <summary>Measures every case and prints the kit's lines.</summary>
    public static void Measure(string peer)
    {
        Measure<double>("f64", peer);
        Measure<float>("f32", peer);
    }

    private static void Measure<T>(string type, string peer)
        where T : unmanaged, INumber<T>
    {
        var gemm = Jit.Compile((Tensor<T> a, Tensor<T> b) => a.MatMul(b));
        foreach (var n in Sizes("64 128 256 512 1024 2048"))
        {
            var (a, b, c) = (Tensor<T>(7, 13, n, n), Tensor<T>(5, 11, n, n), Tensor<T>(1, 1, n, n));
            Print($"gemm_{type}", peer, $"{n}", 2.0 * n * n * n, () => gemm.Into(c, a, b));
        }

        foreach (var n in (int[])[4, 8, 16, 32])
        {
            var count = 262144 / (n * n);
            var sizes = $"?x{n}x{n}";
            var batch = Kernel(Product("batch_matmul", type, sizes, sizes, sizes));
            var (a, b, c) = (Array<T>(7, 13, count, n, n), Array<T>(5, 11, count, n, n), Array<T>(1, 1, count, n, n));
            Print($"batched_{type}", peer, $"{count}x{n}x{n}", 2.0 * n * n * n * count, () => batch.Invoke(a, b, c));
        }

        var matvec = Kernel(Product("matvec", type, "?x?", "?", "?"));
        foreach (var n in (int[])[512, 4096])
        {
            var (a, x, y) = (Array<T>(7, 13, n, n), Array<T>(5, 11, n), Array<T>(1, 1, n));
            Print($"matvec_{type}", peer, $"{n}", 2.0 * n * n, () => matvec.Invoke(a, x, y));
        }

        var layer = Jit.Compile((Tensor<T> x, Tensor<T> w, Tensor<T> v) => (x.MatMul(w) + v).Relu());
        var (input, weights, bias, output) = (
            Tensor<T>(7, 13, 256, 1024),
            Tensor<T>(5, 11, 1024, 1024),
            Tensor<T>(1, 5, 1024),
            Tensor<T>(1, 1, 256, 1024)
        );
        Print(
            $"mlp_{type}",
            peer,
            "256x1024x1024",
            2.0 * 256 * 1024 * 1024,
            () => layer.Into(output, input, weights, bias)
        );
    }

    /// <summary>The product of two arrays, written to a third one.</summary>
    private static string Product(string name, string type, string left, string right, string result) =>
        $$"""
            func.func @main(%a: memref<{{left}}x{{type}}>, %b: memref<{{right}}x{{type}}>, %c: memref<{{result}}x{{type}}>) {
              %zero = arith.constant 0.0 : {{type}}
              linalg.fill ins(%zero : {{type}}) outs(%c : memref<{{result}}x{{type}}>)
              linalg.{{name}} ins(%a, %b : memref<{{left}}x{{type}}>, memref<{{right}}x{{type}}>) outs(%c : memref<{{result}}x{{type}}>)
              return
            }
            """;

    private static Kernel Kernel(string text)
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        return Compiler.CompileUncached(module, CpuBackend.Create()).FindNative("main")!.Kernel;
    }

    private static IEnumerable<int> Sizes(string standard) =>
        (Environment.GetEnvironmentVariable("GEMM_SIZES") ?? standard)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture));

    /// <summary>The peers' small numbers in large pages, from a multiple of 64 bytes on where that can be had.</summary>
    private static HostBuffer Array<T>(int factor, int period, params long[] shape)
        where T : unmanaged
    {
        var count = shape.Aggregate(1L, static (x, y) => x * y);
        var array = GC.AllocateUninitializedArray<T>((int)count, pinned: true);
        for (var tries = 0; tries < 16 && AddressOf(array) % 64 != 0; tries++)
        {
            // Pinned arrays lie one behind the other, at multiples of eight: another one may be luckier.
            _ = GC.AllocateUninitializedArray<byte>(1, pinned: true);
            array = GC.AllocateUninitializedArray<T>((int)count, pinned: true);
        }

        var address = AddressOf(array);
        var (begin, end) = ((address + LargePage - 1) & -LargePage, (address + ((nint)count * sizeof(T))) & -LargePage);
        if (end > begin)
        {
            Pages.Advise((void*)begin, (nuint)(end - begin));
        }

        for (var i = 0L; i < count; i++)
        {
            var value = ((i * factor % period) - (period / 2)) / 8.0;
            array[i] = typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;
        }

        return new HostBuffer(array, shape);
    }

    /// <summary>As <see cref="Array"/>, as a tensor.</summary>
    public static Tensor<T> Tensor<T>(int factor, int period, params long[] shape)
        where T : unmanaged =>
        System.Numerics.Tensors.Tensor.Create(
            (T[])Array<T>(factor, period, shape).Data,
            [.. shape.Select(static n => (nint)n)]
        );

    private static nint AddressOf<T>(T[] pinned) =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>Measures a call and prints the kit's lines.</summary>
    /// <param name="name">The case.</param>
    /// <param name="peer">Who is measured.</param>
    /// <param name="size">The sizes.</param>
    /// <param name="operations">How many floating-point operations it takes; 0 for no rate.</param>
    /// <param name="call">Computes it once.</param>
    public static void Print(string name, string peer, string size, double operations, Action call)
    {
        if (Environment.GetEnvironmentVariable("ONLY") is { } only && !only.Split(',').Any(name.StartsWith))
        {
            return;
        }

        var (median, minimum, spread) = PeerClock.Measure(call);
        Line("med", median, "us");
        Line("min", minimum, "us");
        Line("iqr", spread, "%");
        if (operations > 0)
        {
            Line("rate", operations / median / 1e3, "GFLOP/s");
        }

        void Line(string metric, double value, string unit) =>
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"C,{name},{peer},{size},{metric},{value:G6},{unit}")
            );
    }
}
