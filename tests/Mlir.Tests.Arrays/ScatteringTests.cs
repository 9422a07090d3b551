namespace Mlir.Tests.Arrays;

/// <summary>Parts of a tensor replaced or increased.</summary>
public sealed class ScatteringTests
{
    private static object[][] Rows =>
        [
            [Numbers.Some<double>(5), Tensor.Create([0, 3, -1, 3]), Numbers.Some<double>(2, [4])],
            [Numbers.Some<double>(5, 3), Tensor.Create([4, 4, 0]), Numbers.Some<double>(2, [3, 3])],
            [Numbers.Some<double>(5), Tensor.Create([0, 5]), Numbers.Some<double>(2, [2])],
            [Numbers.Some<double>(5), Tensor.Create([0, -6]), Numbers.Some<double>(2, [2])],
            [Numbers.Some<double>(5), Tensor.Create([0, 1]), Numbers.Some<double>(2, [3])],
        ];

    [Test]
    public void The_last_value_for_a_place_stays() =>
        ThreeWays.Check((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.Scatter(i, v), Rows);

    [Test]
    public void Values_for_one_place_are_all_added() =>
        ThreeWays.Check((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.ScatterAdd(i, v), Rows);

    [Test]
    public void The_tensor_itself_stays_as_it_was()
    {
        var x = Tensor.Create([1.0, 2, 3]);
        var compiled = Jit.Compile((Tensor<double> t, Tensor<long> i) => t.Scatter(i, t + t) - t);
        Assert.That(Numbers.Flat(compiled.Invoke(x, Tensor.Create([2L, 1, 0]))), Is.EqualTo(new[] { 5.0, 2, -1 }));
        Assert.That(Numbers.Flat(x), Is.EqualTo(new[] { 1.0, 2, 3 }));
    }
}
