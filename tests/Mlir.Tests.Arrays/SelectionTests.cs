namespace Mlir.Tests.Arrays;

/// <summary>Choice between elements.</summary>
public sealed class SelectionTests
{
    [Test]
    public void Where_takes_from_either_tensor() =>
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Where(Tensor.GreaterThan<double>(x, y), x, 2.0 * y),
            Numbers.Shapes.Select(s => new object[] { Numbers.Some<double>(s), Numbers.Some<double>(2, s) })
        );
}
