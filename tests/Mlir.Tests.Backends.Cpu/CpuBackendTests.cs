using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Llvm;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>Modules at the tensor level, compiled and run.</summary>
public sealed unsafe class CpuBackendTests
{
    private const string Chain = """
        func.func @main(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
          %0 = arith.mulf %x, %y : tensor<?xf64>
          %1 = arith.addf %0, %x : tensor<?xf64>
          %2 = arith.subf %1, %y : tensor<?xf64>
          %3 = arith.divf %2, %y : tensor<?xf64>
          return %3 : tensor<?xf64>
        }
        """;

    private const string CheckedDivision = """
        func.func @main(%a: i64, %b: i64) -> i64 {
          %zero = arith.constant 0 : i64
          %ok = arith.cmpi ne, %b, %zero : i64
          cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero." loc("Program.cs":12:9)
          %q = arith.divsi %a, %b : i64
          return %q : i64
        }
        """;

    private const string CheckedSquares = """
        func.func @main(%x: tensor<?xi32>) -> tensor<?xi32> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xi32>
          %e = tensor.empty(%n) : tensor<?xi32>
          %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
              ins(%x : tensor<?xi32>) outs(%e : tensor<?xi32>) {
          ^bb0(%in: i32, %out: i32):
            %low, %high = arith.mulsi_extended %in, %in : i32
            %c31 = arith.constant 31 : i32
            %sign = arith.shrsi %low, %c31 : i32
            %ok = arith.cmpi eq, %sign, %high : i32
            cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."
            linalg.yield %low : i32
          } -> tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """;

    private const string Sum = """
        func.func @main(%x: tensor<?xf64>) -> f64 {
          %zero = arith.constant 0.0 : f64
          %e = tensor.empty() : tensor<f64>
          %i = linalg.fill ins(%zero : f64) outs(%e : tensor<f64>) -> tensor<f64>
          %r = linalg.reduce ins(%x : tensor<?xf64>) outs(%i : tensor<f64>) dimensions = [0]
            (%a: f64, %b: f64) {
              %s = arith.addf %a, %b : f64
              linalg.yield %s : f64
            }
          %v = tensor.extract %r[] : tensor<f64>
          return %v : f64
        }
        """;

    private static readonly Backend Cpu = CpuBackend.Create();

    private static ModuleOp Parse(string text)
    {
        var result = MlirText.Parse(text, AllDialects.Registry);
        return result.Value as ModuleOp
            ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
    }

    private static CompiledModule Compile(string text) => Compiler.CompileUncached(Parse(text), Cpu);

    [Test]
    public void Scalars_have_a_plain_C_entry()
    {
        using var module = Compile(
            """
            func.func @add(%x: f64, %y: f64) -> f64 {
              %0 = arith.addf %x, %y : f64
              return %0 : f64
            }
            """
        );
        Assert.That(module.Invoke("add", 1.5, 2.0)[0], Is.EqualTo(3.5));
        var add = (delegate* unmanaged<double, double, double>)module.FindNative("add")!.Direct;
        Assert.That(add(0.1, 0.2), Is.EqualTo(0.1 + 0.2));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(33)]
    [TestCase(1000)]
    [TestCase(100_003)]
    [TestCase(5_000_011)]
    public void A_chain_equals_the_loop_bit_by_bit_at_every_size(int count)
    {
        using var module = Compile(Chain);
        var random = new Random(count);
        var x = Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5).ToArray();
        var y = Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5).ToArray();
        var result = (HostBuffer)module.Invoke("main", new HostBuffer(x, count), new HostBuffer(y, count))[0];
        var expected = new double[count];
        for (var i = 0; i < count; i++)
        {
            expected[i] = ((x[i] * y[i]) + x[i] - y[i]) / y[i];
        }

        Assert.That(result.AsSpan<double>().SequenceEqual(expected), Is.True);
    }

    [Test]
    public void Special_values_are_those_of_dotnet()
    {
        using var module = Compile(Chain);
        double[] special =
        [
            double.NaN,
            0.0,
            -0.0,
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.Epsilon,
            1.0,
        ];
        var x = special.SelectMany(a => special.Select(_ => a)).ToArray();
        var y = special.SelectMany(_ => special).ToArray();
        var result = (HostBuffer)module.Invoke("main", new HostBuffer(x, x.Length), new HostBuffer(y, y.Length))[0];
        Assert.That(result.Data, Is.EqualTo(x.Zip(y, static (a, b) => ((a * b) + a - b) / b).ToArray()));
    }

    [Test]
    public void A_failed_check_is_dotnets_exception_and_names_the_line()
    {
        using var module = Compile(CheckedDivision);
        Assert.That(module.Invoke("main", 42L, 5L)[0], Is.EqualTo(8L));
        var error = Assert.Throws<DivideByZeroException>(() => module.Invoke("main", 42L, 0L));
        Assert.That(error!.Message, Does.Contain("Attempted to divide by zero").And.Contain("Program.cs(12"));
        Assert.That(module.Invoke("main", -42L, 5L)[0], Is.EqualTo(-8L));
    }

    [TestCase(100)]
    [TestCase(1_000_000)]
    public void A_failed_check_in_a_loop_stops_it_and_leaves_other_calls_alone(int count)
    {
        using var module = Compile(CheckedSquares);
        var good = Enumerable.Range(0, count).Select(static i => i % 40_000).ToArray();
        var bad = good.ToArray();
        bad[count - 3] = 50_000;
        var outcomes = ParallelEnumerable
            .Range(0, 16)
            .WithDegreeOfParallelism(4)
            .Select(i =>
            {
                try
                {
                    var result = (HostBuffer)module.Invoke("main", new HostBuffer(i % 2 == 0 ? good : bad, count))[0];
                    return result.AsSpan<int>()[count / 2] == good[count / 2] * good[count / 2] ? "right" : "wrong";
                }
                catch (OverflowException)
                {
                    return "overflow";
                }
            })
            .Order()
            .ToArray();
        Assert.That(outcomes, Is.EqualTo(Enumerable.Repeat("overflow", 8).Concat(Enumerable.Repeat("right", 8))));
    }

    [Test]
    public void A_sum_is_the_same_however_often_it_runs()
    {
        using var module = Compile(Sum);
        var random = new Random(1);
        var x = Enumerable.Range(0, 3_000_001).Select(_ => random.NextDouble() - 0.5).ToArray();
        var sums = Enumerable
            .Range(0, 8)
            .Select(_ => (double)module.Invoke("main", new HostBuffer(x, x.Length))[0])
            .ToArray();
        Assert.That(sums, Is.All.EqualTo(sums[0]));
        Assert.That(sums[0], Is.EqualTo(x.Sum()).Within(1e-7));
    }

    [Test]
    public void Elementary_functions_need_no_math_library()
    {
        using var module = Compile(
            """
            func.func @main(%x: tensor<?xf64>) -> tensor<?xf64> {
              %0 = math.exp %x : tensor<?xf64>
              return %0 : tensor<?xf64>
            }
            """
        );
        double[] x = [0, 1, -1, 0.5, 700, -700, double.NegativeInfinity, double.PositiveInfinity, 1e-300];
        var result = ((HostBuffer)module.Invoke("main", new HostBuffer(x, x.Length))[0]).AsSpan<double>().ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            var expected = Math.Exp(x[i]);
            Assert.That(
                result[i],
                double.IsFinite(expected) ? Is.EqualTo(expected).Within(2).Ulps : Is.EqualTo(expected),
                $"exp({x[i]})"
            );
        }
    }

    [Test]
    public void Equal_modules_are_compiled_once_and_shared()
    {
        var compiler = new CompilerBuilder().UseCpu().Build();
        var first = compiler.Compile(Parse(Chain));
        var second = compiler.Compile(Parse(Chain));
        Assert.That(second, Is.SameAs(first));
        second.Dispose();
        var one = new HostBuffer(new[] { 1.0 }, 1);
        Assert.That(((HostBuffer)first.Invoke("main", one, one)[0]).Data, Is.EqualTo(new[] { 1.0 }));
    }

    [Test]
    public void Many_threads_compile_different_modules()
    {
        var results = ParallelEnumerable
            .Range(1, 24)
            .WithDegreeOfParallelism(6)
            .Select(i =>
            {
                using var module = Compile(
                    $$"""
                    func.func @main(%x: i64) -> i64 {
                      %c = arith.constant {{i}} : i64
                      %0 = arith.muli %x, %c : i64
                      return %0 : i64
                    }
                    """
                );
                return (long)module.Invoke("main", 3L)[0] == 3 * i;
            });
        Assert.That(results, Is.All.True);
    }

    [Test]
    public void Every_level_can_be_read()
    {
        var stages = Compiler.List(Parse(Chain), Cpu);
        Assert.That(stages[0].Stage, Is.EqualTo("input"));
        Assert.That(stages.Select(static s => s.Stage), Does.Contain("convert-to-llvm").And.Contain("llvm ir"));
        Assert.That(stages[^1].Stage, Is.EqualTo("assembly"));
        Assert.That(stages[^1].Text, Does.Contain("main__packed"));
    }

    [Test]
    public void Code_for_another_processor_can_be_read()
    {
        var arm = CpuBackend.Create(new CpuOptions { Target = new LlvmTarget("aarch64-linux-gnu") });
        Assert.That(Compiler.List(Parse(Chain), arm)[^1].Text, Does.Contain("fmul\tv").Or.Contain(".2d"));
    }

    [Test]
    public void An_object_names_nothing_outside_itself()
    {
        var lowered = Compiler.Lower(Parse(Chain), Cpu, Lowering.PassManagerOptions.Default);
        var assembly = LlvmJit.EmitAssembly(lowered.Module);
        Assert.That(assembly, Does.Not.Contain("@PLT").And.Not.Contain("@GOTPCREL"));
    }

    [Test]
    public void An_unsupported_element_type_is_refused_with_its_op()
    {
        var error = Assert.Throws<DiagnosticException>(() =>
            Compile("func.func @main(%x: tensor<?xi7>) -> tensor<?xi7> {\n  return %x : tensor<?xi7>\n}")
        );
        Assert.That(error!.Message, Does.Contain("cannot compute with i7").And.Contain("(1,"));
    }

    [Test]
    public void Signatures_are_those_of_the_source()
    {
        using var module = Compile(CheckedSquares);
        Assert.That(module.Functions, Has.Length.EqualTo(1));
        Assert.That(module.Functions[0].Signature.ToString(), Is.EqualTo("(?xInt32) -> ?xInt32"));
        Assert.That(
            module.Errors.Select(static e => e.TypeName),
            Is.EqualTo(new[] { "System.OverflowException" }.ToImmutableArray())
        );
    }
}
