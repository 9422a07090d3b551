namespace Mlir.Tests.Arrays;

/// <summary>Functions that only say where an element comes from make no array of their own.</summary>
public sealed class FusionTests
{
    [Test]
    public void A_stencil_is_one_loop_without_temporaries()
    {
        var explained = Jit.Compile(
                (Tensor<double> u) =>
                    0.25 * (u.Slice(":-2, 1:-1") + u.Slice("2:, 1:-1") + u.Slice("1:-1, :-2") + u.Slice("1:-1, 2:"))
            )
            .Explain([100, 100]);
        Assert.That(explained.Temporaries, Is.Empty, explained.ToString());
        Assert.That(explained.Loops, Has.Length.EqualTo(1), explained.ToString());
    }

    [Test]
    public void A_reduction_takes_in_what_it_reads()
    {
        var explained = Jit.Compile((Tensor<double> x, Tensor<double> y) => (x.Permute(1, 0) * y).Sum(-1))
            .Explain([100, 50], [50, 100]);
        Assert.That(explained.Temporaries, Is.Empty, explained.ToString());
        Assert.That(explained.Loops, Has.Length.EqualTo(1), explained.ToString());
    }
}
