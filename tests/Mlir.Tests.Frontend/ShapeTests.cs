using System.Buffers;
using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Lambdas that depend on ranks and sizes get a version for each class of shapes.</summary>
public sealed class ShapeTests
{
    [Test]
    public void Ranks_and_sizes_are_those_of_the_arguments()
    {
        Differential.Check(
            (Tensor<double> x) => x.Rank + (x.IsEmpty ? 100 : 0),
            new nint[][] { [], [3], [0], [2, 3], [1, 2, 1] }.Select(lengths =>
                (object[])[Tensor.CreateFromShape<double>(lengths)]
            )
        );
    }

    [Test]
    public void One_kernel_serves_arguments_of_several_ranks()
    {
        var scaled = Jit.Compile((Tensor<double> x, Tensor<double> y) => x * (double)x.Rank + y);
        foreach (var lengths in new nint[][] { [6], [2, 3], [1, 6], [3, 1, 2] })
        {
            var x = Tensor.Create([1.0, 2, 3, 4, 5, 6], lengths);
            var sum = scaled.Invoke(x, x);
            Assert.That(sum.Lengths.ToArray(), Is.EqualTo(lengths));
            Assert.That(sum.ToArray(), Is.EqualTo(x.ToArray().Select(v => v * (lengths.Length + 1))));
        }
    }

    [Test]
    public void The_code_can_be_read_after_a_call()
    {
        var rank = Jit.Compile((Tensor<double> x) => x.Rank, new JitOptions { UseCache = false });
        Assert.Throws<InvalidOperationException>(() => _ = rank.Ir.Stages);
        Assert.That(rank.Invoke(Tensor.Create([1.0, 2], [1, 2])), Is.EqualTo(2));
        Assert.That(rank.Ir["input"], Does.Contain("tensor<1x?xf64>"));
    }

    [TestCase(2)]
    [TestCase(13)] // eight such shapes are more than fits the short form that calls look for
    [TestCase(17)] // one is more than fits
    public void Each_of_many_arguments_says_which_of_its_sizes_are_1(int rank)
    {
        var sum = Jit.Compile(
            (
                Tensor<double> a,
                Tensor<double> b,
                Tensor<double> c,
                Tensor<double> d,
                Tensor<double> e,
                Tensor<double> f,
                Tensor<double> g,
                Tensor<double> h
            ) => a + b + c + d + e + f + g + h
        ).Invoke;

        // Each argument in turn is the one that is long along a dimension of its own.
        for (var round = 0; round < 8; round++)
        {
            var t = Enumerable.Range(0, 8).Select(k => Long(k == round ? 0 : 1, k + 1)).ToArray();
            var result = sum(t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]);
            Assert.That(result.Lengths.ToArray(), Is.EqualTo(Lengths(0).Zip(Lengths(1), Math.Max)));
            Assert.That(result.ToArray(), Is.All.EqualTo(36.0));
        }

        Tensor<double> Long(int along, double value)
        {
            var tensor = Tensor.CreateFromShape<double>(Lengths(along));
            tensor.Fill(value);
            return tensor;
        }

        nint[] Lengths(int along) => [.. Enumerable.Range(0, rank).Select(d => d == along ? (nint)3 : 1)];
    }

    [Test]
    public void Lengths_that_hold_other_numbers_of_elements_fail()
    {
        var x = Tensor.Create([1.0, 2, 3, 4, 5, 6]);
        foreach (var target in Targets.All)
        {
            var reshape = Jit.Compile(
                (Tensor<double> t, int n) => Tensor.Reshape(t, new nint[] { n, -1 }),
                new() { Target = target }
            );
            Assert.That(reshape.Invoke(x, 2).Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3 }));
            Assert.That(reshape.Invoke(x, 3).ToArray(), Is.EqualTo(x.ToArray()));
            var error = Assert.Throws<ArgumentException>(() => reshape.Invoke(x, 4))!;
            Assert.That(error.Message, Does.Contain("ShapeTests.cs("));
            Assert.Throws<ArgumentException>(() => reshape.Invoke(x, 0));
        }
    }

    [Test]
    public void Ranges_are_checked_and_may_be_computed()
    {
        var x = Tensor.Create(Enumerable.Range(0, 12).ToArray(), [3, 4]);
        foreach (var target in Targets.All)
        {
            var slice = Jit.Compile(
                (Tensor<int> t, int a, int b) =>
                    t.Slice(new NRange[] { new NRange(a, b), NRange.StartAt(NIndex.FromEnd(2)) }) + 0,
                new() { Target = target }
            );
            Assert.That(slice.Invoke(x, 1, 3).ToArray(), Is.EqualTo([6, 7, 10, 11]));
            Assert.That(slice.Invoke(x, 2, 2).Lengths.ToArray(), Is.EqualTo(new nint[] { 0, 2 }));
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.Invoke(x, 2, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.Invoke(x, 1, 4));
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.Invoke(x, -1, 2));
        }
    }

    [Test]
    public void A_kernel_does_not_write_to_its_arguments()
    {
        var error = Assert.Throws<UnsupportedExpressionException>(() =>
            Jit.Compile((Tensor<int> x, Tensor<int> y) => Tensor.SetSlice(x, y, new NRange[] { new NRange(0, 2) }))
                .Invoke(Tensor.Create([1, 2, 3]), Tensor.Create([4, 5]))
        )!;
        Assert.That(error.Message, Does.Contain("Tensor.SetSlice"));
        var set = Jit.Compile(
            (Tensor<int> x, Tensor<int> y) => Tensor.SetSlice(x + 0, y, new NRange[] { new NRange(0, 2) })
        );
        Assert.That(set.Invoke(Tensor.Create([1, 2, 3]), Tensor.Create([4, 5])).ToArray(), Is.EqualTo([4, 5, 3]));
    }
}
