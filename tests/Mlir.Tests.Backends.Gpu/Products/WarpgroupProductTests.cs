using System.Runtime.InteropServices;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using Mlir.Ptx;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu.Products;

/// <summary>
/// Products by Hopper's tensor cores on the PTX machine, which looks for what is read too early, besides everything else: the bits of the products that every
/// processor since sm_80 computes. Tiles are 128 × 256, and there are 64 of them or more.
/// </summary>
public sealed class WarpgroupProductTests
{
    private static Backend Machine { get; } = GpuBackend.Create("ptx");

    private static LoweredModule Lower(string text, bool warpgroups)
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        ProductsToGpu.AllowTf32(module);
        if (warpgroups)
        {
            ProductsToGpu.UseWarpgroups(module);
        }

        return Compiler.Lower(module, Machine, PassManagerOptions.Default);
    }

    private static HostBuffer Numbers(Random random, params int[] sizes) =>
        new(
            Enumerable
                .Range(0, sizes.Aggregate(1, (a, b) => a * b))
                .Select(_ => (float)((random.NextDouble() * 2) - 1))
                .ToArray(),
            Array.ConvertAll(sizes, static s => (long)s)
        );

    private static void HasTheSameBits(string text, params object[] arguments)
    {
        using var one = Machine.Emit(Lower(text, warpgroups: true));
        using var other = Machine.Emit(Lower(text, warpgroups: false));
        var (actual, expected) = (Bits(one), Bits(other));
        Assert.That(actual.AsSpan().SequenceEqual(expected), () => $"element {First(actual, expected)} differs");

        int[] Bits(CompiledModule module) =>
            MemoryMarshal.Cast<float, int>((float[])((HostBuffer)module.Invoke("f", arguments)[0]).Data).ToArray();

        static int First(int[] actual, int[] expected) => actual.AsSpan().CommonPrefixLength(expected);
    }

    private static bool UsesWarpgroups(string text) =>
        GpuCompiler.ToPtx(Lower(text, warpgroups: true).Module).Contains("wgmma.mma_async", StringComparison.Ordinal);

    /// <summary>Sizes that the host knows when it runs: whole tiles and parts of them, sums from zero on or from what the output holds.</summary>
    [TestCase("f16 f32", "ik kj", "zero", 1000, 2000, 40)]
    [TestCase("bf16 bf16", "ki jk", "zero", 8, 16384, 8)]
    [TestCase("f32 f32", "ik jk", "add", 8200, 8, 36)]
    public void Products_have_the_bits_of_older_tensor_cores(
        string types,
        string layout,
        string start,
        int m,
        int n,
        int k
    )
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var random = new Random(m + n + k);
        var text = ProductProgram.Text(factor, sum, layout, start);
        Assert.That(UsesWarpgroups(text));
        HostBuffer[] factors =
        [
            left == "ik" ? Numbers(random, m, k) : Numbers(random, k, m),
            right == "kj" ? Numbers(random, k, n) : Numbers(random, n, k),
        ];
        HasTheSameBits(text, start == "add" ? [.. factors, Numbers(random, m, n)] : factors);
    }

    /// <summary>
    /// Stacks of products with bias, activation and residual behind them in the same kernel: each factor either way, tiles that are left over, depths of less
    /// than a piece and of several.
    /// </summary>
    [TestCase("f16", "ik kj", 32, 136, 72, 40)]
    [TestCase("f16", "ki kj", 32, 136, 72, 136)]
    [TestCase("bf16", "ik jk", 16, 136, 264, 72)]
    [TestCase("bf16", "ki jk", 64, 24, 48, 264)]
    [TestCase("bf16", "ki kj", 16, 200, 264, 8)]
    [TestCase("f32", "ik jk", 32, 136, 72, 36)]
    [TestCase("f32", "ik jk", 64, 20, 44, 100)]
    public void Stacks_have_the_bits_of_older_tensor_cores(string factor, string layout, int stack, int m, int n, int k)
    {
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var random = new Random(stack + m + n + k);
        var text = Stack(factor, left, right, (stack, m, n, k));
        Assert.That(UsesWarpgroups(text));
        Assert.That(
            LaunchPlanner.Plan(Lower(text, warpgroups: true).Module).Kernels,
            Has.Length.EqualTo(factor == "f32" ? 1 : 3)
        );
        HasTheSameBits(
            text,
            left == "ik" ? Numbers(random, stack, m, k) : Numbers(random, stack, k, m),
            right == "kj" ? Numbers(random, stack, k, n) : Numbers(random, stack, n, k),
            Numbers(random, n),
            Numbers(random, stack, m, n)
        );
    }

    /// <summary>Few tiles, rows that are not aligned, doubles, and TensorFloats that do not run along the depth are left to the others.</summary>
    [TestCase("bf16", "ik kj", 63, 64, 64, 64)]
    [TestCase("bf16", "ik kj", 64, 64, 63, 64)]
    [TestCase("bf16", "ik jk", 64, 64, 64, 63)]
    [TestCase("f64", "ik kj", 64, 64, 64, 64)]
    [TestCase("f32", "ik kj", 64, 64, 64, 64)]
    [TestCase("f32", "ki jk", 64, 64, 64, 64)]
    public void What_does_not_fit_is_left_to_the_others(string factor, string layout, int stack, int m, int n, int k) =>
        Assert.That(
            UsesWarpgroups(Stack(factor, layout.Split(' ')[0], layout.Split(' ')[1], (stack, m, n, k))),
            Is.False
        );

    private static string Stack(string factor, string left, string right, (int S, int M, int N, int K) sizes)
    {
        var (s, m, n, k) = sizes;
        var sum = factor == "f64" ? "f64" : "f32";
        string Array(string order, int outer, int inner, string type) => $"tensor<{s}x{outer}x{inner}x{type}>";
        string Left(string type) => left == "ik" ? Array(left, m, k, type) : Array(left, k, m, type);
        string Right(string type) => right == "kj" ? Array(right, k, n, type) : Array(right, n, k, type);
        var c = $"tensor<{s}x{m}x{n}x{sum}>";
        var narrow =
            factor == sum
                ? ("%x", "%y", "", "%u = arith.mulf %p, %q : " + sum)
                : (
                    "%a",
                    "%b",
                    $"""
                    %a = arith.truncf %x : {Left("f32")} to {Left(factor)}
                    %b = arith.truncf %y : {Right("f32")} to {Right(factor)}
                    """,
                    $"""
                    %v = arith.extf %p : {factor} to f32
                    %w = arith.extf %q : {factor} to f32
                    %u = arith.mulf %v, %w : f32
                    """
                );
        return $$"""
            func.func @f(%x: {{Left(sum)}}, %y: {{Right(sum)}}, %bias: tensor<{{n}}x{{sum}}>, %rest: {{c}}) -> {{c}} {
              {{narrow.Item3}}
              %z = arith.constant 0.0 : {{sum}}
              %e = tensor.empty() : {{c}}
              %i = linalg.fill ins(%z : {{sum}}) outs(%e : {{c}}) -> {{c}}
              %r = linalg.generic {indexing_maps = [affine_map<(s, i, j, k) -> (s, {{left[0]}}, {{left[1]}})>,
                                                    affine_map<(s, i, j, k) -> (s, {{right[0]}}, {{right[1]}})>,
                                                    affine_map<(s, i, j, k) -> (s, i, j)>],
                                   iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
                  ins({{narrow.Item1}}, {{narrow.Item2}} : {{Left(factor)}}, {{Right(factor)}}) outs(%i : {{c}}) {
              ^bb0(%p: {{factor}}, %q: {{factor}}, %s: {{sum}}):
                {{narrow.Item4}}
                %t = arith.addf %s, %u : {{sum}}
                linalg.yield %t : {{sum}}
              } -> {{c}}
              %o = linalg.generic {indexing_maps = [affine_map<(s, i, j) -> (s, i, j)>, affine_map<(s, i, j) -> (j)>,
                                                    affine_map<(s, i, j) -> (s, i, j)>, affine_map<(s, i, j) -> (s, i, j)>],
                                   iterator_types = ["parallel", "parallel", "parallel"]}
                  ins(%r, %bias, %rest : {{c}}, tensor<{{n}}x{{sum}}>, {{c}}) outs(%e : {{c}}) {
              ^bb0(%p: {{sum}}, %q: {{sum}}, %d: {{sum}}, %s: {{sum}}):
                %t = arith.addf %p, %q : {{sum}}
                %l = arith.maximumf %t, %z : {{sum}}
                %g = arith.addf %l, %d : {{sum}}
                linalg.yield %g : {{sum}}
              } -> {{c}}
              return %o : {{c}}
            }
            """;
    }

    /// <summary>Products, and the way of the sums through shared memory: nobody waits for a bank.</summary>
    [TestCase("ik kj")]
    [TestCase("ki jk")]
    public void No_two_threads_want_different_words_of_a_bank(string layout)
    {
        var (m, n, k) = (1024, 2048, 64);
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var (x, y) = (left == "ik" ? $"{m}x{k}" : $"{k}x{m}", right == "kj" ? $"{k}x{n}" : $"{n}x{k}");
        var text = $$"""
            func.func @f(%x: tensor<{{x}}xf16>, %y: tensor<{{y}}xf16>) -> tensor<{{m}}x{{n}}xf32> {
              %z = arith.constant 0.0 : f32
              %e = tensor.empty() : tensor<{{m}}x{{n}}xf32>
              %i = linalg.fill ins(%z : f32) outs(%e : tensor<{{m}}x{{n}}xf32>) -> tensor<{{m}}x{{n}}xf32>
              %r = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> ({{left[0]}}, {{left[1]}})>,
                                                    affine_map<(i, j, k) -> ({{right[0]}}, {{right[
                1
            ]}})>, affine_map<(i, j, k) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel", "reduction"]}
                  ins(%x, %y : tensor<{{x}}xf16>, tensor<{{y}}xf16>) outs(%i : tensor<{{m}}x{{n}}xf32>) {
              ^bb0(%p: f16, %q: f16, %s: f32):
                %v = arith.extf %p : f16 to f32
                %w = arith.extf %q : f16 to f32
                %u = arith.mulf %v, %w : f32
                %t = arith.addf %s, %u : f32
                linalg.yield %t : f32
              } -> tensor<{{m}}x{{n}}xf32>
              return %r : tensor<{{m}}x{{n}}xf32>
            }
            """;
        var lowered = Lower(text, warpgroups: true);
        var plan = LaunchPlanner.Plan(lowered.Module);
        var kernel = PtxModule.Parse(GpuCompiler.ToPtx(lowered.Module)).Kernels.Values.Single();
        using var machine = new PtxMachine(new() { Checks = PtxChecks.None });
        var addresses = plan
            .Kernels.Single()
            .Parameters.Select(_ => (PtxArgument)machine.Allocate(4L * m * n))
            .ToArray();

        // One tile is like the other.
        var shared = 3 * (128 + 256) * 128;
        var statistics = machine.Launch(kernel, 1, 256, shared + 1024, addresses);
        Assert.That(statistics.BankConflicts, Is.Zero);
        Assert.That(
            statistics[PtxInstructionClass.Matrix],
            Is.EqualTo(256 * (64 / 16 + 3) * 64),
            "it goes on with 63 tiles"
        );
    }
}
