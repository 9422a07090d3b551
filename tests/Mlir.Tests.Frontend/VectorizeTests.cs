using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Functions of scalars applied to tensors agree with plain loops over subscripts.</summary>
public sealed class VectorizeTests
{
    private static readonly nint[][] Shapes =
    [
        [1],
        [4],
        [3, 1],
        [1, 4],
        [3, 4],
        [2, 3, 4],
        [2, 1, 1],
    ];

    [TestCaseSource(typeof(Targets), nameof(Targets.All))]
    public void Shapes_broadcast(string target)
    {
        var f = Jit.Vectorize((double s, double k) => s > k ? Math.Sqrt(s) - k : k * s, new() { Target = target });
        foreach (var a in Shapes)
        {
            foreach (var b in Shapes)
            {
                var (x, y) = (Make(a, 1), Make(b, 2));
                var result = f.Invoke(x, y);
                Check(result, [a, b], i => At(x, i) > At(y, i) ? Math.Sqrt(At(x, i)) - At(y, i) : At(y, i) * At(x, i));
            }
        }
    }

    [Test]
    public void Scalars_and_arrays_are_taken_too()
    {
        var f = Jit.Vectorize((double x, int n) => x * n + 1);
        Assert.That(f.Invoke(2.5, 2).ToArray(), Is.EqualTo([6.0]));
        Assert.That(f.Invoke(2.5, 2).Rank, Is.EqualTo(1));
        Assert.That(f.Invoke(new[] { 1.0, 2 }, 3).ToArray(), Is.EqualTo([4.0, 7]));
        Assert.That(f.Invoke(2.0, new[] { 1, 2, 3 }).ToArray(), Is.EqualTo([3.0, 5, 7]));
    }

    [TestCaseSource(typeof(Targets), nameof(Targets.All))]
    public void Tuples_become_tuples_of_tensors(string target)
    {
        var f = Jit.Vectorize(
            (int x, int y) => ValueTuple.Create(x + y, x > y, (double)x / 2),
            new() { Target = target }
        );
        var (sum, greater, half) = f.Invoke(new[] { 1, 5, 3 }, Tensor.Create([2, 3], [2, 1]));
        Assert.That(sum.Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3 }));
        Assert.That(sum.ToArray(), Is.EqualTo([3, 7, 5, 4, 8, 6]));
        Assert.That(greater.ToArray(), Is.EqualTo([false, true, true, false, true, false]));
        Assert.That(half.ToArray(), Is.EqualTo([0.5, 2.5, 1.5, 0.5, 2.5, 1.5]));
    }

    [Test]
    public void Eight_arguments_of_several_types()
    {
        var f = Jit.Vectorize(
            (byte a, short b, int c, long d, float e, double g, bool h, uint i) => h ? a + b + c + d + e + g : i
        );
        var result = f.Invoke((byte)1, (short)2, 3, 4L, 5f, new[] { 6.0, 7 }, new[] { true, false }, 9u);
        Assert.That(result.ToArray(), Is.EqualTo([21.0, 9]));
    }

    [Test]
    public void Captured_scalars_are_read_at_every_call()
    {
        var factor = 2.0;
        var f = Jit.Vectorize((double x) => x * factor);
        Assert.That(f.Invoke(new[] { 1.0, 2 }).ToArray(), Is.EqualTo([2.0, 4]));
        factor = 3;
        Assert.That(f.Invoke(new[] { 1.0, 2 }).ToArray(), Is.EqualTo([3.0, 6]));
    }

    [TestCaseSource(typeof(Targets), nameof(Targets.All))]
    public void A_failing_element_fails_the_call(string target)
    {
        var f = Jit.Vectorize((int x, int y) => y == 7 ? 0 : x / y, new() { Target = target });
        Assert.That(f.Invoke(new[] { 6, 8 }, new[] { 3, 7 }).ToArray(), Is.EqualTo([2, 0]));
        Assert.Throws<DivideByZeroException>(() => f.Invoke(new[] { 6, 8 }, new[] { 3, 0 }));
        Assert.Throws<ArgumentException>(() => f.Invoke(new[] { 6, 8, 1 }, new[] { 3, 1 }));
    }

    [Test]
    public void Lambdas_of_equal_text_that_differ_are_different_kernels()
    {
        var add = Jit.Vectorize((int x, int y) => x - y);
        var swapped = Jit.Vectorize((int x, int y) => y - x);
        Assert.That(add.Invoke(5, 3).ToArray(), Is.EqualTo([2]));
        Assert.That(swapped.Invoke(5, 3).ToArray(), Is.EqualTo([-2]));
    }

    [Test]
    public void What_has_no_compiled_form_is_quoted()
    {
        var error = Assert.Throws<UnsupportedExpressionException>(() =>
            Jit.Vectorize((double x) => x + double.Parse("1"))
        )!;
        Assert.That(error.Message, Does.Contain("VectorizeTests.cs(").And.Contain("double.Parse(\"1\")"));
    }

    internal static Tensor<double> Make(nint[] shape, int seed)
    {
        var random = new Random(seed);
        return Tensor.Create(
            Enumerable
                .Range(0, (int)shape.Aggregate((nint)1, (n, s) => n * s))
                .Select(_ => random.NextDouble())
                .ToArray(),
            shape
        );
    }

    /// <summary>The element at the last subscripts of <paramref name="index"/>, where those of size 1 are read at 0.</summary>
    internal static double At(Tensor<double> x, nint[] index)
    {
        nint at = 0;
        for (var d = 0; d < x.Rank; d++)
        {
            at = at * x.Lengths[d] + (x.Lengths[d] == 1 ? 0 : index[index.Length - x.Rank + d]);
        }

        return x.ToArray()[at];
    }

    private static void Check(Tensor<double> result, nint[][] shapes, Func<nint[], double> expected)
    {
        var rank = shapes.Max(s => s.Length);
        var shape = new nint[rank];
        for (var d = 0; d < rank; d++)
        {
            shape[d] = shapes.Max(s => d - (rank - s.Length) is >= 0 and var at ? s[at] : 1);
        }

        Assert.That(result.Lengths.ToArray(), Is.EqualTo(shape));
        var elements = result.ToArray();
        for (nint i = 0; i < elements.Length; i++)
        {
            var index = new nint[rank];
            var rest = i;
            for (var d = rank - 1; d >= 0; d--)
            {
                (rest, index[d]) = nint.DivRem(rest, shape[d]);
            }

            Assert.That(elements[i], Is.EqualTo(expected(index)).Within(1).Ulps);
        }
    }
}
