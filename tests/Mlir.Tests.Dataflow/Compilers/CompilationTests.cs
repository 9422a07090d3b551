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
}
