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
