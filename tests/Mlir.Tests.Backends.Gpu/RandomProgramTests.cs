using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;
using Mlir.Tests.Lowering;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Whole programs on the PTX machine: the bits are those of the CPU's loops, or the program is refused by name.</summary>
public sealed class RandomProgramTests
{
    private static readonly int Programs = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 2_000 : 60;

    [Test]
    public void Random_programs_have_the_bits_of_the_CPU()
    {
        var refused = Enumerable
            .Range(1, Programs)
            .Count(seed => !Check(seed, RandomProgram.Text(seed), Vectors(seed)));
        Assert.That(refused, Is.LessThan(Programs / 2), "most programs run");
    }

    [Test]
    public void Random_programs_over_rows_have_the_bits_of_the_CPU()
    {
        var refused = Enumerable
            .Range(1, Programs)
            .Count(seed => !Check(seed, RandomRowProgram.Text(seed), Matrices(seed)));
        Assert.That(refused, Is.LessThan(Programs / 2), "most programs run");
    }

    /// <summary>A sum goes through leaves and pairs; 9 leaves leave one over at each level.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(8191)]
    [TestCase(8193)]
    [TestCase(73_000)]
    public void Sums_are_added_in_the_order_of_the_CPU(int length)
    {
        const string Text = """
            func.func @f(%x: tensor<?xf32>) -> f32 {
              %z = arith.constant 0.0 : f32
              %e = tensor.empty() : tensor<f32>
              %i = linalg.fill ins(%z : f32) outs(%e : tensor<f32>) -> tensor<f32>
              %s = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
                  ins(%x : tensor<?xf32>) outs(%i : tensor<f32>) {
              ^bb0(%a: f32, %acc: f32):
                %q = math.exp %a : f32
                %n = arith.addf %acc, %q : f32
                linalg.yield %n : f32
              } -> tensor<f32>
              %r = tensor.extract %s[] : tensor<f32>
              return %r : f32
            }
            """;
        var random = new Random(length);
        var numbers = Enumerable.Range(0, length).Select(_ => random.NextSingle()).ToArray();
        Assert.That(Check(length, Text, [new HostBuffer(numbers, [length])]), Is.True);
    }

    [TestCase(1, 1, 1)]
    [TestCase(17, 33, 5)]
    [TestCase(64, 48, 80)]
    public void Products_of_matrices_are_rounded_as_on_the_CPU(int rows, int columns, int depth)
    {
        const string Text = """
            func.func @f(%x: tensor<?x?xf64>, %y: tensor<?x?xf64>) -> tensor<?x?xf64> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %m = tensor.dim %x, %c0 : tensor<?x?xf64>
              %n = tensor.dim %y, %c1 : tensor<?x?xf64>
              %z = arith.constant 0.0 : f64
              %e = tensor.empty(%m, %n) : tensor<?x?xf64>
              %i = linalg.fill ins(%z : f64) outs(%e : tensor<?x?xf64>) -> tensor<?x?xf64>
              %p = linalg.matmul ins(%x, %y : tensor<?x?xf64>, tensor<?x?xf64>) outs(%i : tensor<?x?xf64>) -> tensor<?x?xf64>
              return %p : tensor<?x?xf64>
            }
            """;
        var random = new Random(rows);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var arguments = new object[]
        {
            new HostBuffer(Numbers(rows * depth), [rows, depth]),
            new HostBuffer(Numbers(depth * columns), [depth, columns]),
        };
        Assert.That(Check(rows, Text, arguments), Is.True);
    }

    /// <summary>A condition on elements, which a kernel checks: the exception and the status are the CPU's.</summary>
    [Test]
    public void A_kernel_that_fails_throws_what_the_program_says()
    {
        const string Text = """
            func.func @f(%x: tensor<?xi32>) -> tensor<?xi32> {
              %c0 = arith.constant 0 : index
              %n = tensor.dim %x, %c0 : tensor<?xi32>
              %e = tensor.empty(%n) : tensor<?xi32>
              %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
                  ins(%x : tensor<?xi32>) outs(%e : tensor<?xi32>) {
              ^bb0(%a: i32, %o: i32):
                %z = arith.constant 0 : i32
                %ok = arith.cmpi ne, %a, %z : i32
                cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
                %c = arith.constant 100 : i32
                %q = arith.divsi %c, %a : i32
                linalg.yield %q : i32
              } -> tensor<?xi32>
              return %r : tensor<?xi32>
            }
            """;
        using var module = Compile(Text);
        var result = (HostBuffer)module.Invoke("f", new HostBuffer(new[] { 1, 2, 50 }, [3]))[0];
        Assert.That(result.Data, Is.EqualTo(new[] { 100, 50, 2 }));
        Assert.That(
            () => module.Invoke("f", new HostBuffer(new[] { 1, 0, 50 }, [3])),
            Throws.TypeOf<DivideByZeroException>()
        );
    }

    private static CompiledModule Compile(string text)
    {
        var backend = GpuBackend.Create("ptx");
        return backend.Emit(Compiler.Lower(Parse(text), backend, PassManagerOptions.Default));
    }

    /// <summary>False where the GPU refuses the program; fails where it computes something else than the CPU's loops.</summary>
    private static bool Check(int seed, string text, object[] arguments)
    {
        CompiledModule module;
        try
        {
            module = Compile(text);
        }
        catch (DiagnosticException refusal)
            when (refusal.Message.Contains("not supported on the GPU yet", StringComparison.Ordinal))
        {
            return false;
        }

        using (module)
        {
            var loops = Parse(text);
            new PassManager().RunOrThrow(CpuLowering.PlainLoops, loops);
            var expected = InterpretedModule.Prepare(loops).Invoke("f", arguments);
            var actual = module.Invoke("f", arguments);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.That(Spell(actual[i]), Is.EqualTo(Spell(expected[i])), () => $"seed {seed}, result {i}\n{text}");
            }
        }

        return true;
    }

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();

    private static object[] Vectors(int seed)
    {
        var random = new Random(seed);
        int[] lengths = [0, 1, 2, 3, 5, 8, 31, 33, 100, 1000];
        var n = lengths[random.Next(lengths.Length)];
        double[] specials = [double.NaN, -0.0, 0.0, double.PositiveInfinity, double.Epsilon, double.MaxValue, -1];
        double Number() =>
            random.Next(4) == 0 ? specials[random.Next(specials.Length)] : (random.NextDouble() * 20) - 10;
        return
        [
            new HostBuffer(Enumerable.Range(0, n).Select(_ => Number()).ToArray(), [n]),
            new HostBuffer(Enumerable.Range(0, n).Select(_ => Number()).ToArray(), [n]),
            new HostBuffer(Enumerable.Range(0, n).Select(_ => random.Next(-100, 100)).ToArray(), [n]),
            Number(),
            random.Next(-5, 50),
        ];
    }

    private static object[] Matrices(int seed)
    {
        var random = new Random(seed);
        int[] heights = [1, 2, 3, 8];
        int[] widths = [2, 3, 5, 33, 70];
        var (rows, columns) = (heights[random.Next(heights.Length)], widths[random.Next(widths.Length)]);
        double Number() => random.Next(8) == 0 ? double.NaN : random.Next(-9, 10);
        var count = rows * columns;
        return
        [
            new HostBuffer(Enumerable.Range(0, count).Select(_ => Number()).ToArray(), [rows, columns]),
            new HostBuffer(Enumerable.Range(0, count).Select(_ => Number()).ToArray(), [rows, columns]),
            new HostBuffer(Enumerable.Range(0, count).Select(_ => random.Next(-100, 100)).ToArray(), [rows, columns]),
        ];
    }

    /// <summary>A result bit for bit; one NaN is as good as another.</summary>
    private static string Spell(object result) =>
        result switch
        {
            HostBuffer buffer => $"[{string.Join(", ", buffer.Data.Cast<object>().Select(Spell))}]",
            double d => double.IsNaN(d) ? "NaN" : BitConverter.DoubleToInt64Bits(d).ToString("X", null),
            float f => float.IsNaN(f) ? "NaN" : BitConverter.SingleToInt32Bits(f).ToString("X", null),
            _ => Convert.ToString(result, System.Globalization.CultureInfo.InvariantCulture)!,
        };
}
