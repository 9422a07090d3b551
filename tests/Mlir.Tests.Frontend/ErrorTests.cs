using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>What cannot be compiled is refused with the C# text and line; what fails in a kernel names its C# line.</summary>
public sealed class ErrorTests
{
    [Test]
    public void An_unknown_method_is_quoted_with_its_line()
    {
        var error = Assert.Throws<UnsupportedExpressionException>(() =>
            Jit.Compile((double x) => x + double.Parse("1"))
        )!;
        Assert.That(error.Message, Does.Contain("ErrorTests.cs(").And.Contain("double.Parse(\"1\")"));
    }

    [Test]
    public void Unsupported_types_are_refused()
    {
        Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((decimal x) => x));
        Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((Version v) => v.Major));
        Func<double, double> plain = x => x;
        Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((double x) => plain(x)));
    }

    [Test]
    public void A_failure_inside_a_kernel_names_the_line()
    {
        var divide = Jit.Compile((int x, int y) => x / y);
        var error = Assert.Throws<DivideByZeroException>(() => divide.Invoke(1, 0))!;
        Assert.That(error.Message, Does.Contain("ErrorTests.cs(").And.Contain("x / y"));
        Assert.Throws<OverflowException>(() => divide.Invoke(int.MinValue, -1));
        Assert.That(divide.Invoke(7, 2), Is.EqualTo(3));
    }

    [Test]
    public void A_failing_subscript_is_quoted()
    {
        foreach (var target in Targets.All)
        {
            var element = Jit.Compile(
                (string s, double[,] g, int i) => s[i] == 'a' ? 1 : g[0, i],
                new() { Target = target }
            );
            var inText = Assert.Throws<IndexOutOfRangeException>(() => element.Invoke("b", new double[1, 1], 1))!;
            Assert.That(inText.Message, Does.Contain("ErrorTests.cs(").And.EndWith("): s[i]"), target);
            var inGrid = Assert.Throws<IndexOutOfRangeException>(() => element.Invoke("b", new double[0, 1], 0))!;
            Assert.That(inGrid.Message, Does.EndWith("): g[0, i]"), target);
        }
    }

    [Test]
    public void A_failure_in_one_element_fails_the_call_and_nothing_else()
    {
        var kernel = Jit.Compile((Tensor<int> x, Tensor<int> y) => x / y);
        var good = Tensor.Create(Enumerable.Range(1, 100_000).ToArray());
        var bad = Tensor.Create(Enumerable.Range(1, 100_000).Select(i => i == 77_777 ? 0 : i).ToArray());
        Parallel.For(
            0,
            8,
            i =>
            {
                if (i % 2 == 0)
                {
                    Assert.Throws<DivideByZeroException>(() => kernel.Invoke(good, bad));
                }
                else
                {
                    Assert.That(Tensor.Sum<int>(kernel.Invoke(good, good)), Is.EqualTo(100_000));
                }
            }
        );
    }

    [Test]
    public void Null_tensors_are_refused()
    {
        var kernel = Jit.Compile((Tensor<double> x) => x + 1.0);
        Assert.Throws<ArgumentNullException>(() => kernel.Invoke(null!));
    }
}
