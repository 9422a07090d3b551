namespace Mlir.Tests.Arrays;

/// <summary>Convolutions, pooling, and what stands between the layers of a network.</summary>
public sealed class NetworkTests
{
    private static IEnumerable<object[]> Tensors(params int[][] shapes) =>
        shapes.SelectMany(s => new object[][] { [Numbers.Some<double>(s)], [Numbers.Strided<double>(s)] });

    [Test]
    public void Convolution_of_vectors()
    {
        object[][] pairs =
        [
            [Numbers.Some<double>(7), Numbers.Some<double>(2, [3])],
            [Numbers.Some<double>(3), Numbers.Some<double>(2, [8])],
            [Numbers.Some<double>(40), Numbers.Some<double>(2, [4])],
            [Numbers.Some<double>(1), Numbers.Some<double>(2, [1])],
            [Numbers.Some<double>(4), Numbers.Some<double>(0)],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> k) => x.Convolve(k), pairs, 1e-12);
        ThreeWays.Check((Tensor<double> x, Tensor<double> k) => x.Convolve(k, ConvolveMode.Same), pairs, 1e-12);
        ThreeWays.Check((Tensor<double> x, Tensor<double> k) => x.Convolve(k, ConvolveMode.Valid), pairs, 1e-12);
    }

    [Test]
    public void What_is_not_there_does_not_meet_infinity() =>
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> k) => x.Convolve(k),
            [
                [Numbers.Some<double>(4), Tensor.Create(new[] { 1, double.PositiveInfinity, 2 })],
            ]
        );

    [Test]
    public void Convolution_of_images()
    {
        object[][] pairs =
        [
            [Numbers.Some<double>(2, 3, 6, 7), Numbers.Some<double>(2, [4, 3, 3, 2])],
            [Numbers.Some<double>(1, 1, 5, 5), Numbers.Some<double>(2, [1, 1, 1, 1])],
            [Numbers.Some<double>(1, 2, 3, 3), Numbers.Some<double>(2, [2, 2, 5, 5])],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w), pairs, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w, 2, 1, 1), pairs, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w, 1, 4, 2), pairs, 1e-11);
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> w) => x.Conv1D(w, 1, 1),
            [
                [Numbers.Some<double>(2, 3, 9), Numbers.Some<double>(2, [4, 3, 3])],
            ],
            1e-11
        );
    }

    /// <summary>Zero times infinity is no number: a padded place counts like any other.</summary>
    [Test]
    public void Padding_is_zeros_that_meet_every_weight()
    {
        object[][] rows =
        [
            [Numbers.Some<double>(2, 3, 9), NotFinite(4, 3, 3)],
            [NotFinite(1, 2, 5), NotFinite(2, 2, 2)],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv1D(w, 1, 1), rows, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv1D(w, 2, 2), rows, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv1D(w, 1, 3, 2), rows, 1e-11);
        object[][] images =
        [
            [Numbers.Some<double>(2, 3, 6, 7), NotFinite(4, 3, 3, 2)],
            [NotFinite(1, 2, 4, 3), NotFinite(2, 2, 2, 3)],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w, 1, 1), images, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w, 2, 3), images, 1e-11);
        ThreeWays.Check((Tensor<double> x, Tensor<double> w) => x.Conv2D(w, 1, 4, 2), images, 1e-11);

        // One pixel, nine places of the window: each sum has eight padded places and meets the infinite weight once.
        var one = Tensor.Create([2.0], [1, 1, 1, 1]);
        var weights = Tensor.Create([double.PositiveInfinity, .. Enumerable.Repeat(1.0, 8)], [1, 1, 3, 3]);
        double[] expected = [.. Enumerable.Repeat(double.NaN, 8), double.PositiveInfinity];
        Assert.That(one.Conv2D(weights, 1, 2).ToArray(), Is.EqualTo(expected));
    }

    /// <summary>Every fifth number is an infinity or none.</summary>
    private static Tensor<double> NotFinite(params int[] lengths)
    {
        double[] odd = [double.PositiveInfinity, double.NaN, double.NegativeInfinity];
        var numbers = Numbers.Some<double>(3, lengths).ToArray();
        for (var i = 2; i < numbers.Length; i += 5)
        {
            numbers[i] = odd[i / 5 % 3];
        }

        return Tensor.Create(numbers, [.. lengths.Select(l => (nint)l)]);
    }

    [Test]
    public void Pooling()
    {
        ThreeWays.Check((Tensor<double> x) => x.MaxPool2D(2), Tensors([4, 6], [2, 3, 5, 7], [1, 1]));
        ThreeWays.Check((Tensor<double> x) => x.AvgPool2D(3, 1), Tensors([4, 6], [2, 5, 7]), 1e-13);
        ThreeWays.Check(
            (Tensor<int> x) => x.MaxPool2D(2, 1),
            [
                [Numbers.Some<int>(4, 6)],
            ]
        );
    }

    [Test]
    public void Rows_that_sum_to_one()
    {
        var shapes = Tensors([5], [3, 5], [17, 40], [2, 3, 4], [4, 1], [4, 0]);
        ThreeWays.Check((Tensor<double> x) => x.Softmax(-1), shapes, 1e-14);
        ThreeWays.Check((Tensor<double> x) => x.Softmax(0), shapes, 1e-14);
        ThreeWays.Check((Tensor<double> x) => x.LogSoftmax(-1), shapes, 1e-13);
        ThreeWays.Check((Tensor<double> x) => x.LayerNorm(1e-5), Tensors([5], [3, 5], [17, 40], [2, 3, 4]), 1e-11);
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> s, Tensor<double> b) => x.LayerNorm(s, b, 1e-5),
            [
                [Numbers.Some<double>(3, 5), Numbers.Some<double>(2, [5]), Numbers.Some<double>(3, [5])],
            ],
            1e-11
        );
    }

    [Test]
    public void Between_layers()
    {
        object[][] inputs =
        [
            [Numbers.Special(40)],
            [Numbers.Special(3, 5)],
        ];
        ThreeWays.Check((Tensor<double> x) => x.Relu(), inputs);
        ThreeWays.Check((Tensor<double> x) => x.Clip(-0.25, 0.25), inputs);
        ThreeWays.Check((Tensor<double> x) => x.Sigmoid(), inputs, 1e-15);
        ThreeWays.Check((Tensor<double> x) => x.Softplus(), inputs, 1e-15);
        ThreeWays.Check((Tensor<double> x) => x.Erf(), inputs, 1e-15);
        ThreeWays.Check((Tensor<double> x) => x.Gelu(), inputs, 1e-15);
        ThreeWays.Check(
            (Tensor<int> x) => x.Clip(-3, 5).Relu(),
            [
                [Numbers.Some<int>(20)],
            ]
        );
    }
}
