using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Frontend.Compositions;

namespace Mlir.Tests.Frontend;

/// <summary>Lambdas that call each other's results as one kernel.</summary>
public sealed class CompositionTests
{
    private static readonly Expression<Func<Tensor<double>, double, Tensor<double>>> Scale = (x, by) => x * by;
    private static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> Add = (x, y) => x + y;
    private static readonly Expression<Func<Tensor<double>, double>> Sum = x => Tensor.Sum<double>(x);
    private static readonly Expression<Func<int, int, (int, int)>> DivRem = (a, b) => ValueTuple.Create(a / b, a % b);

    private static readonly CallSite Site = new("Plugin.cs", 12, "");

    private static CompositionStep Step(LambdaExpression lambda, params CompositionOperand[] arguments) =>
        new(lambda, Site, [.. arguments]);

    private static CompositionOperand In(int index) => new CompositionOperand.Input(index);

    private static CompositionOperand Of(int step) => new CompositionOperand.Result(step);

    private static CompositionOperand Literal<T>(T value) => new CompositionOperand.Literal(value, typeof(T));

    private static IEnumerable<JitOptions> Options => Targets.All.Select(t => new JitOptions { Target = t });

    [Test]
    public void A_chain_is_one_loop()
    {
        var chain = new Composition(
            [typeof(Tensor<double>)],
            [Step(Scale, In(0), Literal(2.0)), Step(Scale, Of(0), Literal(3.0)), Step(Add, Of(1), In(0))],
            [Of(2)]
        );
        foreach (var options in Options)
        {
            var kernel = Jit.Compose(chain, options);
            var result = (Tensor<double>)kernel.Invoke(Tensor.Create([1.0, 2, 3, 4], [2, 2]))[0]!;
            Assert.That(result.Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 2 }));
            Assert.That(result.ToArray(), Is.EqualTo(new[] { 7.0, 14, 21, 28 }), options.Target);
        }
    }

    [Test]
    public void Steps_take_items_of_tuples_literals_and_results_that_several_want()
    {
        var tuple = new CompositionOperand.Element(Of(0), 1);
        var steps = new Composition(
            [typeof(int), typeof(int)],
            [Step(DivRem, In(0), In(1)), Step(DivRem, tuple, Literal((short)2))],
            [new CompositionOperand.Element(Of(0), 0), Of(1), tuple, Of(1)]
        );
        foreach (var options in Options)
        {
            var kernel = Jit.Compose(steps, options);
            Assert.That(kernel.Invoke(17, 10), Is.EqualTo(new object[] { 1, (3, 1), 7, (3, 1) }), options.Target);
            var error = Assert.Throws<DivideByZeroException>(() => kernel.Invoke(1, 0))!;
            Assert.That(error.Message, Does.Contain("Plugin.cs(12)"), options.Target);
        }
    }

    [Test]
    public void A_lambda_is_one_function_however_often_it_is_called()
    {
        var steps = Enumerable.Range(0, 50).Select(i => Step(Scale, i == 0 ? In(0) : Of(i - 1), Literal(1.0 + i)));
        var kernel = Jit.Compose(new Composition([typeof(Tensor<double>)], [.. steps], [Of(49)]));
        Assert.That(kernel.Ir["input"].Split("func.func").Length - 1, Is.EqualTo(2), "main and one more");
        Assert.That(kernel.Ir["fuse-elementwise"].Split("linalg.generic").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public void There_may_be_more_lambdas_than_functions_called_by_name()
    {
        var steps = new List<CompositionStep>();
        for (var i = 0; i < 300; i++)
        {
            Expression<Func<int, int>> next = x => x + 1;
            steps.Add(Step(next, i == 0 ? In(0) : Of(i - 1)));
        }

        Expression<Func<int, int>> Fresh() => x => x * 2;
        steps.Add(Step(Fresh(), Of(299)));
        steps.Add(Step(Fresh(), Of(300)));
        var kernel = Jit.Compose(new Composition([typeof(int)], [.. steps], [Of(301)]), Options.Last());
        Assert.That(kernel.Invoke(5), Is.EqualTo(new object[] { 1220 }));
    }

    [Test]
    public void A_thousand_steps_need_no_recursion()
    {
        var steps = Enumerable.Range(0, 1000).Select(i => Step(Add, i == 0 ? In(0) : Of(i - 1), In(0)));
        var kernel = Jit.Compose(new Composition([typeof(Tensor<double>)], [.. steps], [Of(999)]), Options.Last());
        Assert.That(
            ((Tensor<double>)kernel.Invoke(Tensor.Create([1.0, 2]))[0]!).ToArray(),
            Is.EqualTo(new[] { 1001.0, 2002 })
        );
    }

    [Test]
    public void Captured_variables_of_several_lambdas_are_read_at_every_call()
    {
        var rate = 2.0;
        Expression<Func<double, double>> up = x => x * rate;
        Expression<Func<double, double>> down = x => x - rate;
        foreach (var options in Options)
        {
            var kernel = Jit.Compose(
                new Composition([typeof(double)], [Step(up, In(0)), Step(down, Of(0))], [Of(1)]),
                options
            );
            rate = 2;
            Assert.That(kernel.Invoke(5.0), Is.EqualTo(new object[] { 8.0 }), options.Target);
            rate = 3;
            Assert.That(kernel.Invoke(5.0), Is.EqualTo(new object[] { 12.0 }), options.Target);
        }
    }

    [Test]
    public void Wrong_arguments_are_named()
    {
        var kernel = Jit.Compose(new Composition([typeof(Tensor<double>)], [Step(Sum, In(0))], [Of(0)]));
        Assert.Throws<ArgumentException>(() => kernel.Invoke());
        Assert.Throws<ArgumentException>(() => kernel.Invoke(1.0));
        Assert.Throws<ArgumentNullException>(() => kernel.Invoke((object?)null));
    }

    [Test]
    public void Wrong_compositions_are_refused()
    {
        Assert.Throws<UnsupportedExpressionException>(() => Compose([typeof(Tensor<double>)], Step(Scale, In(0))));
        Assert.Throws<UnsupportedExpressionException>(() => Compose([typeof(Version)], Step(Sum, In(0))));
        Assert.Throws<UnsupportedExpressionException>(() => Compose([typeof(int)], Step(Sum, In(0))));
        Assert.Throws<ArgumentException>(() => Compose([typeof(Tensor<double>)], Step(Sum, In(1))));
        Assert.Throws<ArgumentException>(() => Compose([typeof(double)], Step(Scale, Of(0), In(0))));

        static void Compose(Type[] inputs, CompositionStep step) =>
            Jit.Compose(new Composition([.. inputs], [step], [Of(0)]));
    }

    [Test]
    public void A_portable_kernel_is_compiled_from_its_text()
    {
        var chain = new Composition(
            [typeof(Tensor<double>), typeof(Tensor<double>)],
            [Step(Scale, In(0), Literal(2.0)), Step(Add, Of(0), In(1)), Step(Sum, Of(1))],
            [Of(1), Of(2)]
        );
        var matrix = Tensor.Create([1.0, 2, 3, 4], [2, 2]);
        var row = Tensor.Create([10.0, 20], [1, 2]);
        var flat = PortableKernel.Of(chain, [matrix, matrix], out _);
        var broadcast = PortableKernel.Of(chain, [matrix, row], out _);
        Assert.That((flat.IsFlat, broadcast.IsFlat), Is.EqualTo((true, false)));
        foreach (var options in Options)
        {
            Assert.That(Jit.Load(flat, options).Invoke(matrix, matrix)[1], Is.EqualTo(30.0), options.Target);
            var loaded = Jit.Load(broadcast, options);
            Assert.That(loaded.Invoke(matrix, row)[1], Is.EqualTo(80.0), options.Target);
            Assert.Throws<KernelCompilationException>(() => loaded.Invoke(matrix, matrix));
            Assert.Throws<KernelCompilationException>(() => loaded.Invoke(row, row));
        }

        Assert.Throws<Mlir.IR.DiagnosticException>(() => Jit.Load(flat with { Inputs = [typeof(int)] }));
        Assert.Throws<Mlir.IR.DiagnosticException>(() => Jit.Load(flat with { Module = "module {" }));
    }

    [Test]
    public void The_quick_code_of_a_portable_kernel_is_checked_as_well()
    {
        Expression<Func<Tensor<int>, Tensor<int>, Tensor<int>>> divide = (x, y) => x / y;
        var chain = new Composition([typeof(Tensor<int>), typeof(Tensor<int>)], [Step(divide, In(0), In(1))], [Of(0)]);
        var (x, zero) = (Tensor.Create([1, 2]), Tensor.Create([1, 0]));
        var kernel = PortableKernel.Of(chain, [x, zero], out _);
        var lines = kernel.Module.Split('\n');
        var bare = string.Join('\n', lines.Where(l => !l.Contains("cf.assert", StringComparison.Ordinal)));
        Assert.That(bare, Is.Not.EqualTo(kernel.Module));
        var loaded = Jit.Load(kernel with { Module = bare }, new JitOptions { Tiering = true, UseCache = false });
        Assert.Catch(() => loaded.Invoke(x, zero));
    }
}
