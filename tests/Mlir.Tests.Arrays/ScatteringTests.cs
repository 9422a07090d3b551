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

    /// <summary>Threads share stripes of 64 columns; each goes through the places in order, so that sums keep their bits.</summary>
    [TestCase(3)]
    [TestCase(64)]
    [TestCase(200)]
    public void Stripes_of_wide_tensors_are_written_in_order(int columns)
    {
        var random = new Random(columns);
        var places = Tensor.Create([.. Enumerable.Range(0, 300).Select(_ => random.Next(-20, 20))]);
        var x = Tensor.Create(
            [.. Enumerable.Range(0, 20 * 2 * columns).Select(_ => random.NextDouble())],
            [20, 2, columns]
        );
        var v = Tensor.Create(
            [.. Enumerable.Range(0, 300 * 2 * columns).Select(_ => random.NextDouble() * 1e8)],
            [300, 2, columns]
        );
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.ScatterAdd(i, u),
            [
                [x, places, v],
            ]
        );
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.Scatter(i, u),
            [
                [x, places, v],
            ]
        );
    }

    [Test]
    public void A_wrong_place_is_an_error_even_where_nothing_is_written() =>
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.Scatter(i, u),
            [
                [Numbers.Some<double>(5, 0), Tensor.Create([7]), Numbers.Some<double>(1, 0)],
            ]
        );

    [Test]
    public void Threads_share_the_columns()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.ScatterAdd(i, v));
        kernel.Invoke(Numbers.Some<double>(5, 300), Tensor.Create([1]), Numbers.Some<double>(1, 300));
        Assert.That(Shared.Loops(kernel.Ir), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void The_tensor_itself_stays_as_it_was()
    {
        var x = Tensor.Create([1.0, 2, 3]);
        var compiled = Jit.Compile((Tensor<double> t, Tensor<long> i) => t.Scatter(i, t + t) - t);
        Assert.That(Numbers.Flat(compiled.Invoke(x, Tensor.Create([2L, 1, 0]))), Is.EqualTo(new[] { 5.0, 2, -1 }));
        Assert.That(Numbers.Flat(x), Is.EqualTo(new[] { 1.0, 2, 3 }));
    }
}
