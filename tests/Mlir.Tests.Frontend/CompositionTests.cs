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

    [Test, Explicit]
    public void Measure([Values(10, 64, 128, 256, 512, 1000, 2000)] int n)
    {
        var steps = new CompositionStep[n];
        for (var i = 0; i < n; i++)
        {
            steps[i] =
                i % 2 == 0 ? Step(Scale, i == 0 ? In(0) : Of(i - 1), Literal(1.0 + i)) : Step(Add, Of(i - 1), In(0));
        }

        var t = System.Diagnostics.Stopwatch.StartNew();
        var kernel = Jit.Compose(new Composition([typeof(Tensor<double>)], [.. steps], [Of(n - 1)]));
        TestContext.Out.WriteLine($"{n}: {t.ElapsedMilliseconds} ms");
        if (n == 10)
        {
            TestContext.Out.WriteLine(kernel.Ir);
            var x = Tensor.Create(new double[1000_000], [1000_000]);
            for (var i = 0; i < 20; i++)
            {
                t.Restart();
                kernel.Invoke(x);
                TestContext.Out.WriteLine($"{t.Elapsed.TotalMicroseconds} us");
            }
        }
    }
}
