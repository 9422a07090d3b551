using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Reductions of users' own agree with plain loops.</summary>
[TestFixtureSource(typeof(Targets), nameof(Targets.All))]
public sealed class ReduceTests(string target)
{
    private readonly JitOptions _options = new() { Target = target };

    [Test]
    public void All_elements()
    {
        var largest = Jit.Reduce((long a, long b) => a > b ? a : b, long.MinValue, _options);
        var sum = Jit.Reduce((int a, int b) => a + b, 0, _options);
        foreach (var n in new[] { 0, 1, 2, 7, 64, 1001 })
        {
            var data = Enumerable.Range(0, n).Select(i => i * 7919 % 1013).ToArray();
            Assert.That(sum.Reduce(Tensor.Create(data)), Is.EqualTo(data.Sum()));
            var longs = data.Select(i => (long)i).ToArray();
            Assert.That(largest.Reduce(Tensor.Create(longs)), Is.EqualTo(longs.DefaultIfEmpty(long.MinValue).Max()));
        }
    }

    [Test]
    public void Along_a_dimension()
    {
        var f = Jit.Reduce((double a, double b) => a * b % 1009, 1.0, _options);
        var data = Enumerable.Range(0, 24).Select(i => (double)(i * 31 % 17 + 1)).ToArray();
        var x = Tensor.Create(data, [2, 3, 4]);
        nint[] sizes = [2, 3, 4];
        for (var axis = -3; axis < 3; axis++)
        {
            var d = axis < 0 ? axis + 3 : axis;
            var result = f.Reduce(x, axis);
            var kept = f.Reduce(x, axis, keepDims: true);
            Assert.That(result.Lengths.ToArray(), Is.EqualTo(sizes.Where((_, i) => i != d)));
            Assert.That(kept.Lengths.ToArray(), Is.EqualTo(sizes.Select((s, i) => i == d ? 1 : s)));
            Assert.That(kept.ToArray(), Is.EqualTo(result.ToArray()));
            var (inner, outer) = (Product(sizes[(d + 1)..]), Product(sizes[..d]));
            var expected = new List<double>();
            for (nint o = 0; o < outer; o++)
            {
                for (nint i = 0; i < inner; i++)
                {
                    var all = 1.0;
                    for (nint k = 0; k < sizes[d]; k++)
                    {
                        all = all * data[(o * sizes[d] + k) * inner + i] % 1009;
                    }

                    expected.Add(all);
                }
            }

            Assert.That(result.ToArray(), Is.EqualTo(expected));
        }

        Assert.Throws<UnsupportedExpressionException>(() => f.Reduce(x, 3));
    }

    [Test]
    public void Accumulated()
    {
        var f = Jit.Reduce((int a, int b) => a * 3 + b, 0, _options);
        var x = Tensor.Create([1, 2, 3, 4, 5, 6], [2, 3]);
        Assert.That(f.Accumulate(x).ToArray(), Is.EqualTo([1, 2, 3, 7, 11, 15]));
        Assert.That(f.Accumulate(x, 1).ToArray(), Is.EqualTo([1, 5, 18, 4, 17, 57]));
        Assert.That(f.Accumulate(x, -1).Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3 }));
        Assert.That(f.Accumulate(Tensor.Create(Array.Empty<int>())).ToArray(), Is.Empty);
    }

    [Test]
    public void Outer_and_at()
    {
        var f = Jit.Reduce((int a, int b) => a - 2 * b, 0, _options);
        var outer = f.Outer(Tensor.Create([1, 2, 3]), Tensor.Create([10, 20, 30, 40], [2, 2]));
        Assert.That(outer.Lengths.ToArray(), Is.EqualTo(new nint[] { 3, 2, 2 }));
        Assert.That(
            outer.ToArray(),
            Is.EqualTo(new[] { 1, 2, 3 }.SelectMany(a => new[] { 10, 20, 30, 40 }.Select(b => a - 2 * b)))
        );
        var x = Tensor.Create([100, 200, 300]);
        var at = f.At(x, Tensor.Create(new nint[] { 2, 0, 2 }), Tensor.Create([1, 2, 3]));
        Assert.That(at.ToArray(), Is.EqualTo([96, 200, 292]));
        Assert.That(x.ToArray(), Is.EqualTo([100, 200, 300]));
        Assert.Throws<IndexOutOfRangeException>(() => f.At(x, Tensor.Create(new nint[] { 3 }), Tensor.Create([1])));
        Assert.Throws<IndexOutOfRangeException>(() => f.At(x, Tensor.Create(new nint[] { -1 }), Tensor.Create([1])));
        Assert.Throws<ArgumentException>(() => f.At(x, Tensor.Create(new nint[] { 1 }), Tensor.Create([1, 2])));
    }

    private static nint Product(nint[] sizes) => sizes.Aggregate((nint)1, (n, s) => n * s);
}
