using System.Numerics.Tensors;

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
}
