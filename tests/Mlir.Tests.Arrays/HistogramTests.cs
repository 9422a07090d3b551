namespace Mlir.Tests.Arrays;

/// <summary>Counting elements, and finding their places.</summary>
public sealed class HistogramTests
{
    /// <summary>Edges, what lies outside and NaNs: NumPy's answers.</summary>
    [Test]
    public void Edges_belong_to_the_bin_above_them_and_the_last_one_to_the_last_bin()
    {
        var x = Tensor.Create([0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0, 1.0, -0.1, 1.1, double.NaN]);
        Assert.That(Numbers.Flat(x.Histogram(5, 0.0, 1.0)), Is.EqualTo(new long[] { 2, 2, 1, 1, 3 }));
        Assert.That(Numbers.Flat(x.Histogram(1, 0.0, 1.0)), Is.EqualTo(new long[] { 9 }));
    }

    [Test]
    public void Histograms_agree() =>
        ThreeWays.Check(
            (Tensor<double> x, int bins) => x.Histogram(bins, -0.5, 0.5),
            [
                [Numbers.Special(1000), 10],
                [Numbers.Special(30, 7), 3],
                [Tensor.Create([.. Enumerable.Range(-10, 21).Select(i => i / 20.0)]), 20],
                [Numbers.Special(0), 4],
                [Numbers.Special(5), 0],
            ]
        );

    [Test]
    public void Numbers_are_counted() =>
        ThreeWays.Check(
            (Tensor<int> x, int least) => x.BinCount(least),
            [
                [Tensor.Create([3, 1, 3, 0]), 0],
                [Tensor.Create([3, 1, 3, 0]), 7],
                [Tensor.Create(Array.Empty<int>()), 2],
                [Tensor.Create([3, -1]), 0],
            ]
        );

    /// <summary>Long tensors are counted in parts of at least 65,536 elements, or as many as there are bins.</summary>
    [TestCase(65_536, 10)]
    [TestCase(200_001, 7)]
    [TestCase(200_001, 90_000)]
    [TestCase(2_000_000, 3)]
    public void Parts_of_long_tensors_are_added_up(int count, int bins)
    {
        var random = new Random(count);
        var data = Enumerable.Range(0, count).Select(_ => random.Next(bins)).ToArray();
        var expected = new long[bins];
        foreach (var number in data)
        {
            expected[number]++;
        }

        var counted = Jit.Compile((Tensor<int> x, int least) => x.BinCount(least)).Invoke(Tensor.Create(data), bins);
        Assert.That(Numbers.Flat(counted), Is.EqualTo(expected));
        var values = Tensor.Create([.. data.Select(v => v + 0.5)]);
        var histogram = Jit.Compile((Tensor<double> x, int b, double max) => x.Histogram(b, 0.0, max));
        Assert.That(Numbers.Flat(histogram.Invoke(values, bins, bins)), Is.EqualTo(expected));
    }

    [Test]
    public void Threads_share_the_counting()
    {
        var histogram = Jit.Compile((Tensor<double> x) => x.Histogram(10, 0.0, 1.0));
        histogram.Invoke(Numbers.Some<double>(5));
        Assert.That(Shared.Loops(histogram.Ir), Is.GreaterThanOrEqualTo(1));
        var counts = Jit.Compile((Tensor<int> x) => x.BinCount(0));
        counts.Invoke(Tensor.Create([1, 2]));
        Assert.That(Shared.Loops(counts.Ir), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void Places_among_sorted_elements()
    {
        var sorted = Numbers.Special(50).Sort(0);
        object[][] inputs =
        [
            [sorted, Numbers.Special(9, 9)],
            [sorted, sorted],
            [Tensor.Create(Array.Empty<double>()), Numbers.Special(4)],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> v) => x.SearchSorted(v), inputs);
        ThreeWays.Check((Tensor<double> x, Tensor<double> v) => x.SearchSorted(v, true), inputs);
    }

    [Test]
    public void Places_are_those_of_a_binary_search()
    {
        var sorted = Enumerable.Range(0, 100).Select(i => 2 * i).ToArray();
        var places = Jit.Compile((Tensor<int> x, Tensor<int> v) => x.SearchSorted(v))
            .Invoke(Tensor.Create(sorted), Tensor.Create([.. Enumerable.Range(-1, 202)]));
        Assert.That(
            Numbers.Flat(places),
            Is.EqualTo(Enumerable.Range(-1, 202).Select(v => (long)sorted.Count(s => s < v)))
        );
    }
}
