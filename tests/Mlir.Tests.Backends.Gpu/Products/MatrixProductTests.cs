using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu.Products;

/// <summary>
/// Products of matrices on the PTX machine, which looks for races, for shared memory that nobody wrote, for parted barriers and for accesses outside: near the
/// exact sums where tensor cores add, with the CPU's bits otherwise.
/// </summary>
public sealed class MatrixProductTests
{
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (1, 1, 1),
        (1, 7, 8),
        (7, 1, 17),
        (8, 15, 16),
        (16, 16, 0),
        (17, 8, 64),
        (64, 64, 32),
        (64, 72, 128),
        (65, 63, 33),
        (127, 129, 15),
        (128, 128, 129),
        (40, 200, 96),
    ];

    /// <summary>f16, bf16 and f64, each as they lie: rows or columns one after the other, for either factor.</summary>
    [Test]
    public void Near_the_exact_sums(
        [Values("f16 f32", "bf16 f32", "f16 f16", "bf16 bf16", "f64 f64")] string types,
        [Values("ik kj", "ki kj", "ik jk", "ki jk")] string layout
    )
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        using var module = Compile(ProductProgram.Text(factor, sum, layout));
        foreach (var (m, n, k) in Shapes)
        {
            Check(module, factor, sum, layout, m, n, k);
        }
    }

    /// <summary>Single precision whose factors may be cut: each product is off by 2⁻⁹ of itself at most.</summary>
    [Test]
    public void Cut_factors_near_the_exact_sums([Values("ik kj", "ki kj", "ik jk", "ki jk")] string layout)
    {
        using var module = Compile(
            $"module attributes {{mlir.allow_tf32}} {{ {ProductProgram.Text("f32", "f32", layout)} }}"
        );
        foreach (var (m, n, k) in (ReadOnlySpan<(int, int, int)>)[.. Shapes, (1024, 1000, 20)])
        {
            Check(module, "f32", "tf32", layout, m, n, k);
        }
    }

    /// <summary>Enough tiles for the large ones, whole and with parts that are left over.</summary>
    [TestCase("f16 f32", "ik kj", 1024, 1024, 40)]
    [TestCase("f16 f32", "ki jk", 1032, 1000, 24)]
    [TestCase("bf16 f32", "ik jk", 1000, 1016, 72)]
    [TestCase("f16 f16", "ki kj", 1000, 968, 8)]
    [TestCase("f64 f64", "ik kj", 130, 66, 70)]
    public void Large_tiles_near_the_exact_sums(string types, string layout, int m, int n, int k)
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        using var module = Compile(ProductProgram.Text(factor, sum, layout));
        Check(module, factor, sum, layout, m, n, k);
    }

    /// <summary>Sums on, from what the output holds.</summary>
    [Test]
    public void Sums_go_on_from_the_output([Values("f16 f32", "f64 f64", "f32 f32")] string types)
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        using var module = Compile(ProductProgram.Text(factor, sum, "ik kj", start: "add"));
        var random = new Random(3);
        var (m, n, k) = (33, 50, 24);
        var (x, y, c) = (Numbers(random, sum, m, k), Numbers(random, sum, k, n), Numbers(random, sum, m, n));
        var actual = Doubles((HostBuffer)module.Invoke("f", x, y, c)[0]);
        Near(actual, Exact(factor, "ik kj", x, y, m, n, k), sum, k, Doubles(c));
    }

    /// <summary>Threads add in the order of the inner dimension, each product rounded once together with its sum; small tiles and large ones, aligned rows or not.</summary>
    [Test]
    public void Single_precision_has_the_bits_of_sums_in_order(
        [Values("ik kj", "ki kj", "ik jk", "ki jk")] string layout
    )
    {
        using var module = Compile(ProductProgram.Text("f32", "f32", layout));
        foreach (var (m, n, k) in (ReadOnlySpan<(int, int, int)>)[.. Shapes, (1024, 1020, 19), (1001, 999, 7)])
        {
            var random = new Random(m + n + k);
            var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
            var x = left == "ik" ? Numbers(random, "f32", m, k) : Numbers(random, "f32", k, m);
            var y = right == "kj" ? Numbers(random, "f32", k, n) : Numbers(random, "f32", n, k);
            var (a, b) = ((float[])x.Data, (float[])y.Data);
            var actual = (float[])((HostBuffer)module.Invoke("f", x, y)[0]).Data;
            for (var i = 0; i < actual.Length; i++)
            {
                var (row, column, sum) = (i / n, i % n, 0f);
                for (var l = 0; l < k; l++)
                {
                    sum = MathF.FusedMultiplyAdd(
                        a[left == "ik" ? (row * k) + l : (l * m) + row],
                        b[right == "kj" ? (l * n) + column : (column * k) + l],
                        sum
                    );
                }

                Assert.That(actual[i], Is.EqualTo(sum), () => $"element {row}, {column} of {m} × {n}, k {k}");
            }
        }
    }

    /// <summary>Bias, activation and residual of stacks of products, in the product's own kernels: nothing else is launched.</summary>
    [Test]
    public void Stacks_with_bias_activation_and_residual(
        [Values("f16 f32", "f64 f64", "f32 f32")] string types,
        [Values(1, 3)] int stack
    )
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        var (m, n, k) = (70, 72, 40);
        var widen =
            factor == sum
                ? $"%u = arith.mulf %p, %q : {sum}"
                : $"""
                    %v = arith.extf %p : {factor} to {sum}
                    %w = arith.extf %q : {factor} to {sum}
                    %u = arith.mulf %v, %w : {sum}
                    """;
        var (a, b, c) = (
            $"tensor<{stack}x{m}x{k}x{factor}>",
            $"tensor<{stack}x{k}x{n}x{factor}>",
            $"tensor<{stack}x{m}x{n}x{sum}>"
        );
        var text = $$"""
            func.func @f(%x: {{a}}, %y: {{b}}, %bias: tensor<{{n}}x{{sum}}>, %rest: {{c}}) -> {{c}} {
              %z = arith.constant 0.0 : {{sum}}
              %e = tensor.empty() : {{c}}
              %i = linalg.fill ins(%z : {{sum}}) outs(%e : {{c}}) -> {{c}}
              %r = linalg.generic {indexing_maps = [affine_map<(s, i, j, k) -> (s, i, k)>, affine_map<(s, i, j, k) -> (s, k, j)>,
                                                    affine_map<(s, i, j, k) -> (s, i, j)>],
                                   iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
                  ins(%x, %y : {{a}}, {{b}}) outs(%i : {{c}}) {
              ^bb0(%p: {{factor}}, %q: {{factor}}, %s: {{sum}}):
                {{widen}}
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
        Assert.That(LaunchPlanner.Plan(Lower(text).Module).Kernels, Has.Length.EqualTo(1));
        using var module = Compile(text);
        var random = new Random(stack);
        var x = Narrow(Numbers(random, sum, stack * m, k), factor, stack, m, k);
        var y = Narrow(Numbers(random, sum, k, n), factor, k, n);
        var stacked = Repeat(y.Data, stack);
        var bias = Numbers(random, sum, 1, n);
        var rest = Numbers(random, sum, stack * m, n);
        bias = new HostBuffer(bias.Data, [n]);
        var actual = Doubles(
            (HostBuffer)
                module.Invoke(
                    "f",
                    x,
                    new HostBuffer(stacked, [stack, k, n]),
                    bias,
                    new HostBuffer(rest.Data, [stack, m, n])
                )[0]
        );
        var exact = Exact(factor, "ik kj", x, y, stack * m, n, k);
        var (shift, residual) = (Doubles(bias), Doubles(rest));
        var finished = exact.Select((v, i) => (Math.Max(v.Sum + shift[i % n], 0) + residual[i], v.Magnitude + 3));
        Near(actual, [.. finished], sum, k + 2);
    }

    /// <summary>NaN and infinities reach the sums that have them, and no others.</summary>
    [Test]
    public void Special_values_go_where_they_belong([Values("f16 f32", "f64 f64", "f32 f32")] string types)
    {
        var (factor, sum) = (types.Split(' ')[0], types.Split(' ')[1]);
        using var module = Compile(ProductProgram.Text(factor, sum, "ik kj"));
        var (m, n, k) = (9, 10, 11);
        var (x, y) = (Numbers(new Random(1), sum, m, k), Numbers(new Random(2), sum, k, n));
        Put(x, (2 * k) + (k - 1), double.NaN);
        Put(x, 4 * k, double.PositiveInfinity);
        var actual = Doubles((HostBuffer)module.Invoke("f", x, y)[0]);
        var first = Doubles(y);
        for (var i = 0; i < actual.Length; i++)
        {
            var expected =
                i / n == 2 ? double.NaN
                : i / n == 4 ? double.PositiveInfinity * Math.Sign(first[i % n])
                : 0;
            Assert.That(expected == 0 ? Math.Min(Math.Abs(actual[i]) / 100, 0) : actual[i], Is.EqualTo(expected));
        }

        static void Put(HostBuffer buffer, int at, double value)
        {
            if (buffer.Data is float[] singles)
            {
                singles[at] = (float)value;
            }
            else
            {
                ((double[])buffer.Data)[at] = value;
            }
        }
    }

    private static Array Repeat(Array numbers, int count)
    {
        var all = Array.CreateInstance(numbers.GetType().GetElementType()!, numbers.Length * count);
        for (var i = 0; i < count; i++)
        {
            Array.Copy(numbers, 0, all, i * numbers.Length, numbers.Length);
        }

        return all;
    }

    private static HostBuffer Narrow(HostBuffer numbers, string factor, params long[] sizes) =>
        new(
            factor == "f16" ? Doubles(numbers).Select(v => (Half)v).ToArray() : numbers.Data,
            [.. sizes.Select(s => (int)s)]
        );

    private static void Check(CompiledModule module, string factor, string sum, string layout, int m, int n, int k)
    {
        var random = new Random((m * 1000) + n + k);
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var x = left == "ik" ? Numbers(random, sum, m, k) : Numbers(random, sum, k, m);
        var y = right == "kj" ? Numbers(random, sum, k, n) : Numbers(random, sum, n, k);
        var actual = Doubles((HostBuffer)module.Invoke("f", x, y)[0]);
        Near(actual, Exact(factor, layout, x, y, m, n, k), sum, k);
    }

    /// <summary>The sum of k products in some order is off by at most k · ε times the sum of their magnitudes; a narrow result is rounded once more.</summary>
    private static void Near(
        double[] actual,
        (double Sum, double Magnitude)[] exact,
        string sum,
        int k,
        double[]? start = null
    )
    {
        Assert.That(actual, Has.Length.EqualTo(exact.Length));
        var (epsilon, last) = sum switch
        {
            "f64" => (Math.ScaleB(1, -53), 0),
            "tf32" => (Math.ScaleB(1, -22), Math.ScaleB(1, -9)),
            "f32" => (Math.ScaleB(1, -22), 0),
            "f16" => (Math.ScaleB(1, -22), Math.ScaleB(1, -11)),
            _ => (Math.ScaleB(1, -22), Math.ScaleB(1, -8)),
        };
        for (var i = 0; i < actual.Length; i++)
        {
            var (expected, magnitude) = (
                exact[i].Sum + (start?[i] ?? 0),
                exact[i].Magnitude + Math.Abs(start?[i] ?? 0)
            );
            var bound =
                ((k + 1) * epsilon * magnitude)
                + (last * (sum == "tf32" ? magnitude : Math.Abs(expected)))
                + Math.ScaleB(1, -24);
            Assert.That(Math.Abs(actual[i] - expected), Is.LessThanOrEqualTo(bound), () => $"element {i}, k {k}");
        }
    }

    private static (double Sum, double Magnitude)[] Exact(
        string factor,
        string layout,
        HostBuffer x,
        HostBuffer y,
        int m,
        int n,
        int k
    )
    {
        var (a, b) = (Doubles(x).Select(Narrow).ToArray(), Doubles(y).Select(Narrow).ToArray());
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var result = new (double, double)[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (sum, magnitude) = (0.0, 0.0);
                for (var l = 0; l < k; l++)
                {
                    var product =
                        a[left == "ik" ? (i * k) + l : (l * m) + i] * b[right == "kj" ? (l * n) + j : (j * k) + l];
                    sum += product;
                    magnitude += Math.Abs(product);
                }

                result[(i * n) + j] = (sum, magnitude);
            }
        }

        return result;

        double Narrow(double value) =>
            factor switch
            {
                "f16" => (double)(Half)value,
                "bf16" => FloatAttr.Get(FloatType.BF16, value).Value,
                _ => value,
            };
    }

    private static HostBuffer Numbers(Random random, string sum, int rows, int columns)
    {
        var values = Enumerable.Range(0, rows * columns).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
        return sum == "f64"
            ? new HostBuffer(values, [rows, columns])
            : new HostBuffer(values.Select(v => (float)v).ToArray(), [rows, columns]);
    }

    private static double[] Doubles(HostBuffer buffer) =>
        [.. buffer.Data.Cast<object>().Select(v => v is Half h ? (double)h : Convert.ToDouble(v, null))];

    private static Backend Machine { get; } = GpuBackend.Create("ptx");

    private static CompiledModule Compile(string text) => Machine.Emit(Lower(text));

    private static LoweredModule Lower(string text) =>
        Compiler.Lower(
            (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow(),
            Machine,
            PassManagerOptions.Default
        );
}
