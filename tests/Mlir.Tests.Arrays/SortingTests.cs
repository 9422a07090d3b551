namespace Mlir.Tests.Arrays;

/// <summary>Sorting along an axis.</summary>
public sealed class SortingTests
{
    private static IEnumerable<object[]> Doubles =>
        Numbers.Shapes.Select(s => new object[] { Numbers.Special(s) }).Append([Numbers.Special(1000)]);

    [Test]
    public void Sorts_along_the_last_axis() => ThreeWays.Check((Tensor<double> x) => x.Sort(-1), Doubles);

    [Test]
    public void Sorts_downwards_along_the_first_axis() =>
        ThreeWays.Check((Tensor<double> x) => x.Sort(0, true), Doubles);

    [Test]
    public void Equal_elements_keep_their_order()
    {
        object[][] inputs = [.. Enumerable.Range(0, 40).Select(n => new object[] { Tensor.Create(Few(n, n)) })];
        ThreeWays.Check((Tensor<int> x) => x.ArgSort(0), inputs);
        ThreeWays.Check((Tensor<int> x) => x.ArgSort(0, true), inputs);
    }

    [Test]
    public void Rows_and_columns_of_three_dimensions() =>
        ThreeWays.Check(
            (Tensor<float> x) => x.Sort(1),
            [
                [Numbers.Some<float>(3, 17, 4)],
            ]
        );

    [Test]
    public void The_largest_and_where_they_come_from()
    {
        object[][] inputs =
        [
            [Numbers.Special(4, 9), 3],
            [Numbers.Special(4, 9), 0],
            [Numbers.Special(4, 9), 9],
            [Numbers.Special(4, 9), 10],
            [Numbers.Special(4, 9), -1],
        ];
        ThreeWays.Check((Tensor<double> x, int k) => x.TopK(k, 1), inputs);
        ThreeWays.Check((Tensor<double> x, int k) => x.ArgTopK(k, 1), inputs);
    }

    /// <summary>All lengths around the powers of two, in which runs are merged, against .NET's own sort.</summary>
    [Test]
    public void Gives_what_Array_Sort_gives()
    {
        var sort = Jit.Compile((Tensor<int> x) => x.Sort(0)).Invoke;
        foreach (
            var length in Enumerable
                .Range(0, 70)
                .Concat([127, 128, 129, 4095, 4096, 4099, 50_000, 65_536, 65_537, 131_073, 300_001])
        )
        {
            var data = Few(length, 1 << 30);
            var expected = (int[])data.Clone();
            Array.Sort(expected);
            Assert.That(Numbers.Flat(sort(Tensor.Create(data))), Is.EqualTo(expected), $"{length} elements");
        }
    }

    /// <summary>A long row is sorted in parts of 32,768 elements, whose merging is cut into such pieces, too.</summary>
    [TestCase(32_768)]
    [TestCase(32_769)]
    [TestCase(98_305)]
    [TestCase(200_000)]
    public void Parts_of_a_long_row_are_merged_in_order(int length)
    {
        var few = Few(length, 40);
        var up = Jit.Compile((Tensor<int> x) => x.ArgSort(0));
        var down = Jit.Compile((Tensor<int> x) => x.ArgSort(0, true));
        var top = Jit.Compile((Tensor<int> x, int k) => x.ArgTopK(k, 0));
        var expected = Enumerable.Range(0, length).OrderByDescending(i => few[i]).Select(i => (long)i).ToArray();
        Assert.That(
            Numbers.Flat(up.Invoke(Tensor.Create(few))),
            Is.EqualTo(Enumerable.Range(0, length).OrderBy(i => few[i]).Select(i => (long)i))
        );
        Assert.That(Numbers.Flat(down.Invoke(Tensor.Create(few))), Is.EqualTo(expected));
        Assert.That(Numbers.Flat(top.Invoke(Tensor.Create(few), 1000)), Is.EqualTo(expected[..1000]));
        ThreeWays.Check(
            (Tensor<double> x) => x.Sort(0),
            [
                [Numbers.Special(length)],
            ]
        );
    }

    [Test]
    public void Threads_share_the_sorting_of_a_long_row_and_its_merging()
    {
        var kernel = Jit.Compile((Tensor<double> x) => x.Sort(0));
        kernel.Invoke(Numbers.Some<double>(5));
        Assert.That(Shared.Loops(kernel.Ir), Is.EqualTo(2), "the parts, and the pieces of what is merged");
    }

    private static int[] Few(int length, int kinds)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(-(kinds / 4) - 1, (kinds / 4) + 1))];
    }
}
