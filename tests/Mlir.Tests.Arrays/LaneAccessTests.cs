using System.Numerics;

namespace Mlir.Tests.Arrays;

/// <summary>Elements that do not lie side by side are read by vectors too: at a distance, backwards, across rows, and wherever indices say.</summary>
public sealed class LaneAccessTests
{
    // Below one vector, a whole one, a rest behind one, and several steps of the unrolled loop.
    private static readonly int[] Lengths = [1, 2, 7, 8, 9, 16, 31, 33, 63, 65, 130, 257];

    private static IEnumerable<object[]> Rows<T>()
        where T : INumberBase<T> =>
        Lengths.SelectMany(n => new object[][] { [Numbers.Some<T>(n)], [Numbers.Strided<T>(n)] });

    [Test]
    public void Slices_with_steps()
    {
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 0, 1000, 2) * 2.0, Rows<double>());
        ThreeWays.Check((Tensor<float> x) => x.SliceAxis(0, 1, 1000, 2) + x.SliceAxis(0, 1, 1000, 2), Rows<float>());
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 0, 1000, 3) * 2.0, Rows<double>());
        ThreeWays.Check((Tensor<float> x) => x.SliceAxis(0, 0, 1000, 4) * 2f, Rows<float>());
        ThreeWays.Check((Tensor<sbyte> x) => x.SliceAxis(0, 0, 1000, 3) * x.SliceAxis(0, 0, 1000, 3), Rows<sbyte>());
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 0, 1000, 7) * 2.0, Rows<double>());
        ThreeWays.Check((Tensor<short> x) => x.SliceAxis(0, 2, 1000, 5) * x.SliceAxis(0, 2, 1000, 5), Rows<short>());
    }

    [Test]
    public void Sums_over_steps()
    {
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 0, 1000, 2).Sum(0), Rows<double>());
        ThreeWays.Check((Tensor<float> x) => (x.SliceAxis(0, 0, 1000, 3) * 2f).Max(0), Rows<float>());
        ThreeWays.Check(
            (Tensor<double> x) => (x.Permute(1, 0) * 2.0).Sum(1),
            new[] { new object[] { Numbers.Some<double>(70, 90) }, [Numbers.Strided<double>(33, 5)] }
        );
        ThreeWays.Check(
            (Tensor<double> x) => x.Permute(1, 0).ArgMax(1),
            new[] { new object[] { Numbers.Some<double>(70, 90) }, [Numbers.Special(200, 3)] }
        );
    }

    [Test]
    public void Backwards_and_round_the_end()
    {
        ThreeWays.Check((Tensor<double> x) => x.Flip(0) * 2.0, Rows<double>());
        ThreeWays.Check((Tensor<float> x) => x.Flip(0) - x, Rows<float>());
        ThreeWays.Check((Tensor<int> x) => x.Flip(0) * x, Rows<int>());
        ThreeWays.Check((Tensor<double> x) => x.Roll(5, 0) + x, Rows<double>());
        ThreeWays.Check((Tensor<double> x) => x.Repeat(3, 0) * 2.0, Rows<double>());
        ThreeWays.Check((Tensor<float> x) => x.Pad(0, 3, 4, PadMode.Reflect) * 2f, Rows<float>().Skip(8));
    }

    [Test]
    public void Across_rows()
    {
        int[][] shapes =
        [
            [1, 1],
            [2, 70],
            [70, 2],
            [33, 65],
            [5, 129],
            [64, 64],
        ];
        ThreeWays.Check(
            (Tensor<float> x, Tensor<float> y) => x.Permute(1, 0) + y * 2f,
            shapes.Select(s => new object[] { Numbers.Some<float>(s), Numbers.Some<float>(2, [s[1], s[0]]) })
        );
        ThreeWays.Check(
            (Tensor<double> x) => x.Permute(1, 2, 0) * 2.0,
            new[] { new object[] { Numbers.Some<double>(40, 3, 20) }, [Numbers.Strided<double>(17, 4, 9)] }
        );
        ThreeWays.Check(
            (Tensor<double> x) => x.Permute(1, 0).Flip(1) * 2.0,
            shapes.Select(s => new object[] { Numbers.Some<double>(s) })
        );
    }

    [Test]
    public void By_indices_of_every_type()
    {
        Take<float, int>();
        Take<double, long>();
        Take<double, sbyte>();
        Take<sbyte, int>();
        Take<short, uint>();
        Take<long, ulong>();
    }

    [Test]
    public void Along_an_axis()
    {
        int[][] shapes =
        [
            [3, 70],
            [70, 3],
            [33, 65],
        ];
        var random = new Random(5);
        object[] Arguments(int[] shape, int axis) =>
            [Numbers.Some<float>(shape), Indices<long>(random, shape[axis], shape)];
        ThreeWays.Check(
            (Tensor<float> x, Tensor<long> i) => x.TakeAlongAxis(i, 1) * 2f,
            shapes.Select(s => Arguments(s, 1))
        );
        ThreeWays.Check(
            (Tensor<float> x, Tensor<long> i) => x.TakeAlongAxis(i, 0) * 2f,
            shapes.Select(s => Arguments(s, 0))
        );
        ThreeWays.Check(
            (Tensor<float> x, Tensor<long> i) => x.Permute(1, 0).TakeAlongAxis(i, 0),
            shapes.Select(s => new object[] { Numbers.Some<float>(s), Indices<long>(random, s[1], [s[1], s[0]]) })
        );
    }

    [Test]
    public void An_index_outside_is_found_in_every_lane([Values(0, 7, 63, 64, 99)] int place)
    {
        var indices = Enumerable.Range(0, 100).ToArray();
        foreach (var wrong in (int[])[100, -101, int.MaxValue, int.MinValue])
        {
            indices[place] = wrong;
            ThreeWays.Check(
                (Tensor<float> x, Tensor<int> i) => x.Take(i, 0) * 2f,
                [
                    [Numbers.Some<float>(100), Tensor.Create((int[])indices.Clone())],
                ]
            );
        }
    }

    private static void Take<T, TIndex>()
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var random = new Random(3);
        ThreeWays.Check(
            (Tensor<T> x, Tensor<TIndex> i) => x.Take(i, 0) + x.Take(i, -1),
            Lengths.Select(n => new object[] { Numbers.Some<T>(100), Indices<TIndex>(random, 100, [n]) })
        );
        ThreeWays.Check(
            (Tensor<T> x, Tensor<TIndex> i) => x.Take(i, 1) + x.Take(i, 1),
            Lengths.Select(n => new object[] { Numbers.Strided<T>(3, 50), Indices<TIndex>(random, 50, [n]) })
        );
        ThreeWays.Check(
            (Tensor<T> x, Tensor<TIndex> i) => x.Take(i, 0) + x.Take(i, 0),
            Lengths.Select(n => new object[] { Numbers.Some<T>(50, 70), Indices<TIndex>(random, 50, [n]) })
        );
    }

    /// <summary>Places in an axis of <paramref name="size"/>, counted from the end too where the type allows.</summary>
    private static Tensor<TIndex> Indices<TIndex>(Random random, int size, int[] lengths)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var least = TIndex.IsNegative(TIndex.Zero - TIndex.One) ? -size : 0;
        var data = new TIndex[lengths.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = TIndex.CreateTruncating(random.Next(least, size));
        }

        return Tensor.Create(data, [.. lengths.Select(l => (nint)l)]);
    }
}
