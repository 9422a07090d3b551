using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend;

/// <summary>Fast arithmetic is near the exact one and the same on every target; exact arithmetic is not touched by it.</summary>
public sealed class PrecisionTests
{
    [Test]
    public void A_product_and_a_sum_are_rounded_once_when_allowed_only()
    {
        Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> lambda = (x, y) => x * y - y * 3.0;
        var x = Data(100, -2, 2);
        var y = Data(100, 0.1, 7);
        var fast = Run(lambda, "cpu", Precision.Fast, x, y);
        var exact = Run(lambda, "cpu", Precision.Exact, x, y);
        var (a, b) = (Flat(x), Flat(y));
        for (var i = 0; i < fast.Length; i++)
        {
            Assert.That(exact[i], Is.EqualTo((a[i] * b[i]) - (b[i] * 3.0)));
            Assert.That(
                fast[i],
                Is.EqualTo(Math.FusedMultiplyAdd(a[i], b[i], -(b[i] * 3.0)))
                    .Or.EqualTo(Math.FusedMultiplyAdd(-b[i], 3.0, a[i] * b[i]))
            );
        }

        Assert.That(fast, Is.Not.EqualTo(exact));
    }

    private static readonly (
        string Name,
        Expression<Func<Tensor<double>, Tensor<double>>> Function,
        double From,
        double To
    )[] Functions =
    [
        ("exp", x => Tensor.Exp<double>(x), -700, 700),
        ("exp2", x => Tensor.Exp2<double>(x), -1000, 1000),
        ("expm1", x => Tensor.ExpM1<double>(x), -3, 3),
        ("log", x => Tensor.Log<double>(x), 1e-3, 1e3),
        ("log2", x => Tensor.Log2<double>(x), 1e-3, 1e3),
        ("log10", x => Tensor.Log10<double>(x), 1e-3, 1e3),
        ("log1p", x => Tensor.LogP1<double>(x), -0.9, 40),
        ("tanh", x => Tensor.Tanh<double>(x), -25, 25),
    ];

    public static IEnumerable<string> Names => Functions.Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void Functions_are_close_where_arguments_are_normal(string name)
    {
        var (_, function, from, to) = Functions.Single(f => f.Name == name);
        var x = Data(5000, from, to);
        var expected = Flat(function.Compile()(x));
        var fast = Run(function, "cpu", Precision.Fast, x);
        for (var i = 0; i < fast.Length; i++)
        {
            // Some ulp of the result, or of 1 where that is larger.
            var scale = name is "exp" or "exp2" ? expected[i] : Math.Max(1, Math.Abs(expected[i]));
            Assert.That(fast[i], Is.EqualTo(expected[i]).Within(scale * 2e-15), $"{name}({Flat(x)[i]:R})");
        }

        Assert.That(Run(function, "interpreter", Precision.Fast, x), Is.EqualTo(fast));
    }

    [Test]
    public void Singles_are_close()
    {
        Expression<Func<Tensor<float>, Tensor<float>>> lambda = x =>
            Tensor.Tanh<float>(Tensor.LogP1<float>(Tensor.Exp<float>(x))) * Tensor.Log<float>(x * x + 1f);
        var x = Tensor.Create(Flat(Data(3000, -30, 30)).Select(v => (float)v).ToArray());
        var expected = Flat(lambda.Compile()(x));
        var fast = Flat(Jit.Compile(lambda, new() { Target = "cpu", Precision = Precision.Fast }).Invoke(x));
        for (var i = 0; i < fast.Length; i++)
        {
            Assert.That(fast[i], Is.EqualTo(expected[i]).Within(Math.Max(1, expected[i]) * 1e-6f));
        }
    }

    [Test]
    public void The_functions_saturate()
    {
        var x = Tensor.Create<double>([-1e4, 1e4, double.NegativeInfinity, double.PositiveInfinity]);
        var exp = Run(v => Tensor.Exp<double>(v), "cpu", Precision.Fast, x);
        Assert.That(exp[0], Is.EqualTo(0).Within(1e-307));
        Assert.That(exp[1], Is.GreaterThan(1e307));
        Assert.That((exp[2], exp[3]), Is.EqualTo((exp[0], exp[1])));
        Assert.That(Run(v => Tensor.Tanh<double>(v), "cpu", Precision.Fast, x), Is.EqualTo([-1.0, 1, -1, 1]));
    }

    private static double[] Run<T>(Expression<T> lambda, string target, Precision precision, params object[] arguments)
        where T : Delegate =>
        Flat(
            (Tensor<double>)
                Jit.Compile(lambda, new() { Target = target, Precision = precision }).Invoke.DynamicInvoke(arguments)!
        );

    private static double[] Run(
        Expression<Func<Tensor<double>, Tensor<double>>> lambda,
        string target,
        Precision precision,
        Tensor<double> x
    ) => Flat(Jit.Compile(lambda, new() { Target = target, Precision = precision }).Invoke(x));

    private static Tensor<double> Data(int count, double from, double to)
    {
        var random = new Random(7);
        return Tensor.Create(
            Enumerable.Range(0, count).Select(_ => from + (random.NextDouble() * (to - from))).ToArray()
        );
    }

    private static T[] Flat<T>(Tensor<T> x)
    {
        var all = new T[x.FlattenedLength];
        x.FlattenTo(all);
        return all;
    }
}
