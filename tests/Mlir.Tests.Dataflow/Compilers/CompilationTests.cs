using System.Numerics.Tensors;
using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Compilers.Functions;

namespace Mlir.Tests.Dataflow.Compilers;

/// <summary>Groups of tasks as compiled tasks.</summary>
public sealed class CompilationTests
{
    private static readonly ConcreteAlgorithm Scale = Of<Func<Tensor<double>, double, Tensor<double>>>(
        "Scale",
        (x, by) => x * by
    );

    private static readonly ConcreteAlgorithm Add = Of<Func<Tensor<double>, Tensor<double>, Tensor<double>>>(
        "Add",
        (x, y) => x + y
    );

    private static readonly ConcreteAlgorithm Sum = Of<Func<Tensor<double>, double>>("Sum", x => Tensor.Sum<double>(x));

    private static readonly ConcreteAlgorithm DivRem = Of<Func<int, int, ValueTuple<int, int>>>(
        "DivRem",
        (a, b) => ValueTuple.Create(a / b, a % b)
    );

    private static readonly ConcreteAlgorithm Subtract = Of<Func<int, int, int>>("Subtract", (a, b) => a - b);

    private static readonly Tensor<double> X = Tensor.Create([1.0, 2, 3, 4], [2, 2]);

    private readonly List<FlowDiagnostic> _reported = [];

    private static TaskCompilation Compilation(params ICompiler[] compilers) =>
        new(
            compilers
                .Concat([JitCompiler.Cpu(), JitCompiler.Interpreter()])
                .DistinctBy(c => c.Name)
                .ToDictionary(c => c.Name)
        );

    [Test]
    public void A_chain_becomes_one_compiled_task([Values("cpu", "interpreter")] string compiler)
    {
        using var compilation = Compilation();
        var run = compilation.Compile(
            compiler,
            new Subgraph([Call(Scale, In(0), Literal(2.0)), Call(Add, Result(0), In(0)), Call(Sum, Result(1))]),
            [typeof(Tensor<double>)],
            [Result(2), Result(1)],
            _reported.Add
        );
        var results = run([X]);
        Assert.That(results[0], Is.EqualTo(30.0));
        Assert.That(((Tensor<double>)results[1]!).ToArray(), Is.EqualTo(new[] { 3.0, 6, 9, 12 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void A_second_equal_group_compiles_nothing()
    {
        using var compilation = Compilation();
        for (var i = 0; i < 3; i++)
        {
            var run = compilation.Compile(
                "cpu",
                new Subgraph([Call(Scale, In(0), Literal(2.0)), Call(Scale, Result(0), Literal(-0.0))]),
                [typeof(Tensor<double>)],
                [Result(1)],
                _reported.Add
            );
            Assert.That(double.IsNegative(((Tensor<double>)run([X])[0]!).ToArray()[0]));
        }

        Assert.That(compilation.Compilations, Is.EqualTo(1));
        compilation.Compile(
            "cpu",
            new Subgraph([Call(Scale, In(0), Literal(2.0)), Call(Scale, Result(0), Literal(+0.0))]),
            [typeof(Tensor<double>)],
            [Result(1)],
            _reported.Add
        );
        Assert.That(compilation.Compilations, Is.EqualTo(2), "another literal");
    }

    [Test]
    public void Items_of_tuples_and_the_inputs_themselves_are_results()
    {
        using var compilation = Compilation();
        var run = compilation.Compile(
            "cpu",
            new Subgraph([Call(DivRem, In(0), Literal(7)), Call(Subtract, Item(Result(0), 0), Item(Result(0), 1))]),
            [typeof(int)],
            [Result(1), Item(Result(0), 1), Result(0), In(0), Literal("x")],
            _reported.Add
        );
        Assert.That(run([45]), Is.EqualTo(new object[] { 3, 3, (6, 3), 45, "x" }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void A_long_chain_becomes_several_kernels()
    {
        using var compilation = Compilation(
            new JitCompiler("cpu", new JitOptions { Target = "cpu" }, true) { MaxTasksPerKernel = 3 }
        );
        var tasks = Enumerable
            .Range(0, 10)
            .Select(i => Call(Add, i == 0 ? In(0) : Result(i - 1), i < 4 ? In(0) : Result(1)));
        var run = compilation.Compile(
            "cpu",
            new Subgraph([.. tasks]),
            [typeof(Tensor<double>)],
            [Result(9), Result(4)],
            _reported.Add
        );
        var results = run([X]);
        Assert.That(((Tensor<double>)results[0]!).ToArray(), Is.EqualTo(new[] { 23.0, 46, 69, 92 }));
        Assert.That(((Tensor<double>)results[1]!).ToArray(), Is.EqualTo(new[] { 8.0, 16, 24, 32 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void The_kernels_own_exceptions_come_through()
    {
        using var compilation = Compilation();
        var run = compilation.Compile(
            "cpu",
            new Subgraph([Call(DivRem, In(0), In(1)), Call(Subtract, Item(Result(0), 0), Literal(1))]),
            [typeof(int), typeof(int)],
            [Result(1)],
            _reported.Add
        );
        var error = Assert.Throws<DivideByZeroException>(() => run([1, 0]))!;
        Assert.That(error.Message, Does.Contain("Plugin.cs(12)"));
        Assert.That(run([9, 3]), Is.EqualTo(new object[] { 2 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void Immediate_calls_compile_once()
    {
        using var compilation = Compilation();
        for (var i = 0; i < 3; i++)
        {
            var scaled = (Tensor<double>)compilation.Invoke(Scale, [X, (double)i], _reported.Add)!;
            Assert.That(scaled.ToArray(), Is.EqualTo(X.ToArray().Select(x => x * i)));
        }

        Assert.That(compilation.Compilations, Is.EqualTo(1));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void A_chain_of_elementwise_tasks_is_one_loop_without_intermediates()
    {
        var tasks = Enumerable.Range(0, 10).Select(i => Call(Scale, i == 0 ? In(0) : Result(i - 1), Literal(1.0 + i)));
        var ir = Ir(new Subgraph([.. tasks]), [typeof(Tensor<double>)], [Result(9)]);
        Assert.That(Count(ir["fuse-elementwise"], "linalg.generic"), Is.EqualTo(1));
        Assert.That(Count(ir["fuse-elementwise"], "func.func"), Is.EqualTo(1));
        Assert.That(Count(ir["one-shot-bufferize"], "memref.alloc"), Is.EqualTo(1), "the result");
    }

    [Test]
    public void A_reduction_takes_in_what_it_reduces()
    {
        var ir = Ir(
            new Subgraph([
                Call(Scale, In(0), Literal(2.0)),
                Call(Add, Result(0), In(1)),
                Call(Scale, Result(1), Literal(0.5)),
                Call(Sum, Result(2)),
            ]),
            [typeof(Tensor<double>), typeof(Tensor<double>)],
            [Result(3)]
        );
        Assert.That(Count(ir["fuse-elementwise"], "linalg.generic"), Is.EqualTo(1));
        Assert.That(ir["fuse-elementwise"], Does.Contain("\"reduction\""));
        Assert.That(ir["one-shot-bufferize"], Does.Not.Contain("memref.alloc("));
    }

    [Test]
    public void Several_results_of_one_chain_come_from_one_loop()
    {
        var ir = Ir(
            new Subgraph([
                Call(Scale, In(0), Literal(2.0)),
                Call(Add, Result(0), In(0)),
                Call(Scale, Result(1), Literal(3.0)),
            ]),
            [typeof(Tensor<double>)],
            [Result(0), Result(2)]
        );
        Assert.That(Count(ir["fuse-elementwise"], "linalg.generic"), Is.EqualTo(1));
    }

    [Test]
    public void Ten_thousand_tasks_become_a_few_kernels()
    {
        using var compilation = Compilation();
        var tasks = Enumerable.Range(0, 10_000).Select(i => Call(Add, i == 0 ? In(0) : Result(i - 1), In(0)));
        var run = compilation.Compile(
            "cpu",
            new Subgraph([.. tasks]),
            [typeof(Tensor<double>)],
            [Result(9_999)],
            _reported.Add
        );
        Assert.That(((Tensor<double>)run([X])[0]!).ToArray(), Is.EqualTo(new[] { 10_001.0, 20_002, 30_003, 40_004 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void Tensors_broadcast_in_a_version_of_their_own([Values("cpu", "interpreter")] string compiler)
    {
        using var compilation = Compilation();
        var run = compilation.Compile(
            compiler,
            new Subgraph([Call(Scale, In(0), Literal(2.0)), Call(Add, Result(0), In(1)), Call(Sum, Result(1))]),
            [typeof(Tensor<double>), typeof(Tensor<double>)],
            [Result(1), Result(2)],
            _reported.Add
        );
        var row = run([X, Tensor.Create([10.0, 20], [1, 2])]);
        Assert.That(((Tensor<double>)row[0]!).ToArray(), Is.EqualTo(new[] { 12.0, 24, 16, 28 }));
        Assert.That(row[1], Is.EqualTo(80.0));
        var same = run([X, X]);
        Assert.That(((Tensor<double>)same[0]!).ToArray(), Is.EqualTo(new[] { 3.0, 6, 9, 12 }));
        var error = Assert.Throws<ArgumentException>(() => run([X, Tensor.Create([1.0, 2, 3])]))!;
        Assert.That(error.Message, Does.Contain("not broadcast compatible"));
        Assert.That(_reported, Is.Empty);
    }

    private static double _rate = 2;
    private static readonly Tensor<double> Weights = Tensor.Create([1.0, 0, 1, 0], [2, 2]);

    [Test]
    public void Captured_variables_are_read_at_every_call([Values("cpu", "interpreter")] string compiler)
    {
        var offset = 1.0;
        var function = Of<Func<Tensor<double>, Tensor<double>>>("Weigh", x => x * Weights * _rate + offset);
        using var compilation = Compilation();
        var run = compilation.Compile(
            compiler,
            new Subgraph([Call(function, In(0)), Call(function, Result(0))]),
            [typeof(Tensor<double>)],
            [Result(1)],
            _reported.Add
        );
        (_rate, offset) = (2, 1);
        Assert.That(((Tensor<double>)run([X])[0]!).ToArray(), Is.EqualTo(new[] { 7.0, 1, 15, 1 }));
        (_rate, offset) = (3, 10);
        Assert.That(((Tensor<double>)run([X])[0]!).ToArray(), Is.EqualTo(new[] { 49.0, 10, 67, 10 }));
        Assert.That(_reported, Is.Empty);
    }

    [Test]
    public void Strings_arrays_and_structs_travel_through([Values("cpu", "interpreter")] string compiler)
    {
        var join = Of<Func<string, string, string>>("Join", (a, b) => a + b);
        var length = Of<Func<string, int>>("Length", s => s.Length);
        var pair = Of<Func<int[], int, ValueTuple<int, double>>>(
            "Pair",
            (a, i) => ValueTuple.Create(a[i], a.Length * 0.5)
        );
        using var compilation = Compilation();
        var run = compilation.Compile(
            compiler,
            new Subgraph([
                Call(join, In(0), Literal("-")),
                Call(join, Result(0), In(0)),
                Call(length, Result(1)),
                Call(pair, In(1), Result(2)),
            ]),
            [typeof(string), typeof(int[])],
            [Result(1), Result(3)],
            _reported.Add
        );
        Assert.That(run(["a", new[] { 1, 2, 3, 4 }]), Is.EqualTo(new object[] { "a-a", (4, 2.0) }));
        var error = Assert.Throws<IndexOutOfRangeException>(() => run(["ab", new[] { 1, 2, 3, 4 }]))!;
        Assert.That(error.Message, Does.Contain("Plugin.cs(12)"));
        Assert.That(_reported, Is.Empty);
    }

    private static KernelIr Ir(Subgraph subgraph, Type[] inputs, SubgraphOperand[] outputs) =>
        ((JitTask)JitCompiler.Cpu().CompileSubgraph(subgraph, [.. inputs], [.. outputs])).Kernels.Single().Ir;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
