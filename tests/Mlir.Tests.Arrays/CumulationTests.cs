namespace Mlir.Tests.Arrays;

/// <summary>Running sums, products and extremes.</summary>
public sealed class CumulationTests
{
    private static IEnumerable<object[]> Doubles =>
        Numbers.Shapes.Select(s => new object[] { Numbers.Some<double>(s) });

    private static IEnumerable<object[]> Matrices =>
        Numbers.Shapes.Where(s => s.Length > 1).Select(s => new object[] { Numbers.Some<int>(s) });

    private static IEnumerable<object[]> Cubes =>
        [
            [Numbers.Some<float>(2, 3, 4)],
            [Numbers.Some<float>(3, 0, 5)],
        ];

    [Test]
    public void Sum_along_the_last_axis() => ThreeWays.Check((Tensor<double> x) => x.CumulativeSum(-1), Doubles);

    [Test]
    public void Product_along_the_first_axis() => ThreeWays.Check((Tensor<int> x) => x.CumulativeProduct(0), Matrices);

    [Test]
    public void Sum_along_an_axis_in_the_middle() => ThreeWays.Check((Tensor<float> x) => x.CumulativeSum(1), Cubes);

    [Test]
    public void Extremes_keep_a_NaN()
    {
        object[][] inputs =
        [
            [Numbers.Special(40)],
            [Numbers.Special(5, 8)],
        ];
        ThreeWays.Check((Tensor<double> x) => x.CumulativeMax(0), inputs);
        ThreeWays.Check((Tensor<double> x) => x.CumulativeMin(-1), inputs);
    }

    /// <summary>Blocks begin with the total of those before; integers show whether an element is left out or taken twice.</summary>
    [Test]
    public void Long_tensors_go_on_from_block_to_block([Values(65535, 65536, 65537, 131072, 200001)] int length)
    {
        var x = Numbers.Some<long>(length);
        var expected = new long[length];
        for (var i = 0; i < length; i++)
        {
            expected[i] = x[i] + (i > 0 ? expected[i - 1] : 0);
        }

        var compiled = Jit.Compile((Tensor<long> t) => t.CumulativeSum(0)).Invoke(x);
        Assert.That(Numbers.Flat(compiled), Is.EqualTo(expected));
    }

    [Test]
    public void Long_tensors_of_floats_give_the_bits_of_the_eager_function()
    {
        var random = new Random(1);
        var x = Tensor.Create([.. Enumerable.Range(0, 200_000).Select(_ => random.NextDouble() - 0.5)]);
        ThreeWays.Check(
            (Tensor<double> t) => t.CumulativeSum(0),
            [
                [x],
            ]
        );
    }

    [Test]
    public void What_comes_before_and_behind_is_compiled_with_it() =>
        ThreeWays.Check((Tensor<double> x) => (x * x).CumulativeSum(-1) - x, Doubles);
}
