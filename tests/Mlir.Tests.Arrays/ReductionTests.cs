namespace Mlir.Tests.Arrays;

/// <summary>Reductions along axes.</summary>
public sealed class ReductionTests
{
    [Test]
    public void Sum_along_the_last_axis() =>
        ThreeWays.Check(
            (Tensor<double> x) => x.Sum(-1),
            Numbers.Shapes.Select(s => new object[] { Numbers.Some<double>(s) }),
            1e-12
        );
}
