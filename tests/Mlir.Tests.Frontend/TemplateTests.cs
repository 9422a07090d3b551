using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;

namespace Mlir.Tests.Frontend;

/// <summary>A lambda over a sample type, made again for other types: it computes what C# written for that type computes.</summary>
public sealed class TemplateTests
{
    private record struct Pair<T>(T First, T Second);

    private static readonly CallSite Site = new("Templates.cs", 5, "");

    private static LambdaExpression Make<TSample, TTarget>(LambdaExpression lambda) =>
        TemplateInstantiation.Instantiate(lambda, typeof(TSample), typeof(TTarget), Site);

    private static string Refusal<TSample, TTarget>(LambdaExpression lambda) =>
        Assert.Throws<UnsupportedExpressionException>(() => Make<TSample, TTarget>(lambda))!.Message;

    /// <summary>Checks the instance on both backends against itself uncompiled, and returns that.</summary>
    private static T Checked<T>(LambdaExpression lambda, params object[][] inputs)
        where T : Delegate
    {
        var typed = (Expression<T>)lambda;
        Differential.Check(typed, inputs, ulp: 2);
        return typed.Compile();
    }

    [Test]
    public void Operators_and_constants_follow()
    {
        Expression<Func<double, double, double>> template = (x, y) => x * y + 2.0;
        Assert.That(Checked<Func<int, int, int>>(Make<double, int>(template), [3, 4])(3, 4), Is.EqualTo(14));
        Assert.That(Checked<Func<float, float, float>>(Make<double, float>(template), [3f, 4f])(3, 4), Is.EqualTo(14f));
        Assert.That(
            Checked<Func<byte, byte, byte>>(Make<double, byte>(template), [(byte)30, (byte)40])(30, 40),
            Is.EqualTo(unchecked((byte)1202))
        );
        Assert.That(
            Checked<Func<Half, Half, Half>>(Make<double, Half>(template), [(Half)3, (Half)4])((Half)3, (Half)4),
            Is.EqualTo((Half)14)
        );
        Assert.That(
            Checked<Func<ulong, ulong, ulong>>(Make<double, ulong>(template), [3UL, 4UL])(3, 4),
            Is.EqualTo(14)
        );
    }

    [Test]
    public void A_constant_is_the_nearest_float_and_exactly_an_integer()
    {
        Expression<Func<double, double>> tenth = x => x * 0.1;
        Assert.That(Checked<Func<float, float>>(Make<double, float>(tenth), [3f])(3), Is.EqualTo(3 * 0.1f));
        Assert.That(
            Refusal<double, int>(tenth),
            Does.Contain("Templates.cs(5)").And.Contain("`0.1`").And.Contain("the constant is not exactly a int")
        );
        Expression<Func<double, double>> large = x => x + 1e300;
        Assert.That(Refusal<double, float>(large), Does.Contain("the constant does not fit float"));
        Expression<Func<int, int>> negative = x => x + -1;
        Assert.That(Refusal<int, uint>(negative), Does.Contain("the constant does not fit uint"));
    }

    [Test]
    public void Functions_of_Math_follow()
    {
        Expression<Func<double, double>> root = x => Math.Sqrt(Math.Abs(x)) + Math.Max(x, Math.PI);
        Assert.That(Checked<Func<float, float>>(Make<double, float>(root), [-4f])(-4), Is.EqualTo(2 + MathF.PI));
        Assert.That(Checked<Func<Half, Half>>(Make<double, Half>(root), [(Half)4])((Half)4), Is.EqualTo((Half)6));
        Expression<Func<double, double>> magnitude = x => Math.Abs(x) + Math.Max(x, 3);
        Assert.That(Checked<Func<long, long>>(Make<double, long>(magnitude), [-4L])(-4), Is.EqualTo(7));
        Expression<Func<double, double>> sine = x => Math.Sin(x);
        Assert.That(Refusal<double, int>(sine), Does.Contain("Sin is not defined for int").And.Contain("Math.Sin(x)"));
    }

    [Test]
    public void Tensors_follow()
    {
        Expression<Func<Tensor<double>, double, Tensor<double>>> template = (t, k) => Tensor.Exp<double>(t * k) - t;
        var kernel = Checked<Func<Tensor<float>, float, Tensor<float>>>(
            Make<double, float>(template),
            [Tensor.Create(new[] { 1f, 2 }), 0.5f]
        );
        Assert.That(kernel(Tensor.Create(new[] { 0f }), 1).ToArray(), Is.EqualTo(new[] { 1f }));
        Assert.That(Refusal<double, int>(template), Does.Contain("Tensor.Exp"));
        Expression<Func<Tensor<double>, double>> sum = t => Tensor.Sum<double>(t * 2.0);
        Checked<Func<Tensor<int>, int>>(Make<double, int>(sum), [Tensor.Create(new[] { 1, 2 })]);
    }

    [Test]
    public void Conversions_comparisons_arrays_and_choices_follow()
    {
        Expression<Func<double[], int, double>> element = (a, i) => i > 0 && a[i] > a[0] ? a[i] * i : (double)a.Length;
        var kernel = Checked<Func<short[], int, short>>(
            Make<double, short>(element),
            [new short[] { 1, 5 }, 1],
            [new short[] { 1, 5 }, 0]
        );
        Assert.That(kernel([1, 5], 1), Is.EqualTo(5));
        Expression<Func<int, int>> shift = x => (x << 3) + (x >> 1) - -x;
        Assert.That(Checked<Func<long, long>>(Make<int, long>(shift), [10L])(10), Is.EqualTo(95));
        Assert.That(
            Checked<Func<sbyte, sbyte>>(Make<int, sbyte>(shift), [(sbyte)10], [(sbyte)-100])(10),
            Is.EqualTo(95)
        );
        Expression<Func<double, int>> truncate = x => (int)x;
        Assert.That(Checked<Func<float, int>>(Make<double, float>(truncate), [2.5f])(2.5f), Is.EqualTo(2));
    }

    [Test]
    public void Generic_structs_and_tuples_follow()
    {
        Expression<Func<Pair<double>, ValueTuple<double, int>>> template = p =>
            ValueTuple.Create(new Pair<double>(p.Second, p.First).First - p.First, 7);
        var kernel = Checked<Func<Pair<int>, (int, int)>>(Make<double, int>(template), [new Pair<int>(1, 5)]);
        Assert.That(kernel(new Pair<int>(1, 5)), Is.EqualTo((4, 7)));
    }

    [Test]
    public void Calls_by_name_and_throws_follow()
    {
        Expression<Func<double, double>> template = x =>
            x < 0.0 ? Throw.Exception<double>(new ArgumentException("below zero"))
            : x < 2.0 ? 1.0
            : x * Function.Call<double>("factorial", x - 1.0);
        var factorial = (Expression<Func<long, long>>)Make<double, long>(template);
        foreach (var target in Targets.All)
        {
            var options = new JitOptions
            {
                Target = target,
                Functions = (_, arguments, result) =>
                    arguments.Single() == typeof(long) && result == typeof(long)
                        ? new ResolvedFunction(factorial, Site)
                        : null,
            };
            var kernel = Jit.Compile(factorial, options);
            Assert.That(kernel.Invoke(20), Is.EqualTo(2432902008176640000), target);
            Assert.Throws<ArgumentException>(() => kernel.Invoke(-1));
        }
    }

    [Test]
    public void What_cannot_follow_is_refused()
    {
        var captured = 1.5;
        Expression<Func<double, double>> closure = x => x + captured;
        Assert.That(Refusal<double, int>(closure), Does.Contain("captured").And.Contain("make it a parameter"));
        Expression<Func<int, int>> bits = x => x & 3;
        Assert.That(Refusal<int, double>(bits), Does.Contain("x & 3").And.Contain("double"));
        Assert.That(Refusal<int, decimal>(bits), Does.Contain("scalar types, not decimal"));
    }
}
