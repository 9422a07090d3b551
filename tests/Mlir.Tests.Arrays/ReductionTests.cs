namespace Mlir.Tests.Arrays;

/// <summary>Reductions along axes: what C# computes against plain loops, what is compiled against C#.</summary>
public sealed class ReductionTests
{
    private static readonly int[][] Shapes =
    [
        [5],
        [33],
        [3, 5],
        [1, 4],
        [6, 1],
        [17, 19],
        [2, 3, 4],
        [3, 1, 5],
    ];

    private static IEnumerable<object[]> Doubles(IEnumerable<int[]> shapes) =>
        shapes.SelectMany(s =>
            new object[][] { [Numbers.Some<double>(s)], [Numbers.Strided<double>(s)], [Numbers.Special(s)] }
        );

    private static IEnumerable<object[]> Finite(IEnumerable<int[]> shapes) =>
        shapes.SelectMany(s => new object[][] { [Numbers.Some<double>(s)], [Numbers.Strided<double>(s)] });

    private static int[][] OfRank(int least) => [.. Shapes.Where(s => s.Length >= least)];

    [Test]
    public void Sums_along_one_axis()
    {
        ThreeWays.Check((Tensor<double> x) => x.Sum(0), Finite(Numbers.Shapes), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.Sum(-1, true), Finite(Numbers.Shapes), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.Sum(1), Finite(OfRank(2)), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.Sum(-2, true), Finite(OfRank(2)), 1e-12);
    }

    [Test]
    public void Sums_along_several_axes()
    {
        ThreeWays.Check((Tensor<double> x) => x.Sum(new[] { 0, -1 }), Finite(OfRank(2)), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.Sum(new[] { 2, 0 }, true), Finite(OfRank(3)), 1e-12);
    }

    [Test]
    public void Integers_wrap_and_floats_of_every_width_add()
    {
        ThreeWays.Check((Tensor<int> x) => x.Product(0), Shapes.Select(s => new object[] { Numbers.Some<int>(s) }));
        ThreeWays.Check((Tensor<sbyte> x) => x.Sum(-1), Shapes.Select(s => new object[] { Numbers.Some<sbyte>(s) }));
        ThreeWays.Check((Tensor<ulong> x) => x.Max(0), Shapes.Select(s => new object[] { Numbers.Some<ulong>(s) }));
        ThreeWays.Check(
            (Tensor<float> x) => x.Sum(0),
            Shapes.Select(s => new object[] { Numbers.Some<float>(s) }),
            1e-5
        );
    }

    [Test]
    public void Extremes_hand_on_NaN()
    {
        ThreeWays.Check((Tensor<double> x) => x.Min(-1), Doubles(Shapes));
        ThreeWays.Check((Tensor<double> x) => x.Max(0, true), Doubles(Shapes));
        ThreeWays.Check((Tensor<double> x) => x.ArgMin(0), Doubles(Shapes));
        ThreeWays.Check((Tensor<double> x) => x.ArgMax(-1, true), Doubles(Shapes));
        ThreeWays.Check((Tensor<short> x) => x.ArgMax(0), Shapes.Select(s => new object[] { Numbers.Some<short>(s) }));
    }

    [Test]
    public void Moments()
    {
        ThreeWays.Check((Tensor<double> x) => x.Mean(0), Finite(Shapes), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.Var(-1, 1), Finite(Shapes), 1e-10);
        ThreeWays.Check((Tensor<double> x) => x.Std(0, 0, true), Finite(Shapes), 1e-10);
        ThreeWays.Check((Tensor<double> x) => x.Norm(-1), Finite(Shapes), 1e-12);
        ThreeWays.Check((Tensor<double> x) => x.LogSumExp(0), Finite(Shapes), 1e-12);
    }

    [Test]
    public void Truth_values()
    {
        ThreeWays.Check((Tensor<double> x) => Tensor.GreaterThan<double>(x, 0.5).Any(0), Doubles(Numbers.Shapes));
        ThreeWays.Check(
            (Tensor<double> x) => Tensor.GreaterThan<double>(x, -15).All(-1, true),
            Doubles(Numbers.Shapes)
        );
    }

    [Test]
    public void Rows_less_their_mean_over_their_deviation() =>
        // Of its own operators .NET loses elements where a size of 1 meets another, so that the eager ones get the full shape.
        ThreeWays.Check(
            (Tensor<double> x) => (x - x.Mean(-1, true).BroadcastTo(17, 19)) / x.Std(-1, 0, true).BroadcastTo(17, 19),
            Finite([
                [17, 19],
            ]),
            1e-9
        );

    [Test]
    public void An_axis_without_elements_is_an_error_for_extremes_and_zero_for_sums()
    {
        object[][] empty =
        [
            [Numbers.Some<double>(4, 0)],
            [Numbers.Some<double>(0, 3)],
        ];
        ThreeWays.Check((Tensor<double> x) => x.Max(1), empty);
        ThreeWays.Check((Tensor<double> x) => x.ArgMin(0), empty);
        ThreeWays.Check((Tensor<double> x) => x.Sum(1), empty);
        ThreeWays.Check((Tensor<double> x) => x.Mean(1), empty);
    }

    [Test]
    public void An_axis_that_is_not_there_is_an_error_in_the_text_of_the_call()
    {
        var kernel = Jit.Compile((Tensor<double> x) => x.Sum(2));
        var error = Assert.Throws<Mlir.Frontend.UnsupportedExpressionException>(() =>
            kernel.Invoke(Numbers.Some<double>(2, 2))
        );
        Assert.That(
            error!.Message,
            Does.Contain("x.Sum(2, false)").And.Contain("axis 2 is out of bounds for 2 dimensions")
        );
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(2, false)]
    public void What_CSharp_computes_is_what_plain_loops_compute(int axis, bool keepDims)
    {
        var x = Numbers.Some<double>(4, 3, 5);
        var lengths = x.Lengths.ToArray();
        nint[] at = new nint[3];
        var sum = x.Sum(axis, keepDims);
        var mean = x.Mean(axis, keepDims);
        var variance = x.Var(axis, 1, keepDims);
        var (max, argMax) = (x.Max(axis, keepDims), x.ArgMax(axis, keepDims));
        for (at[0] = 0; at[0] < (axis == 0 ? 1 : lengths[0]); at[0]++)
        {
            for (at[1] = 0; at[1] < (axis == 1 ? 1 : lengths[1]); at[1]++)
            {
                for (at[2] = 0; at[2] < (axis == 2 ? 1 : lengths[2]); at[2]++)
                {
                    var group = new List<double>();
                    for (nint i = 0; i < lengths[axis]; i++)
                    {
                        nint[] place = [.. at];
                        place[axis] = i;
                        group.Add(x[place]);
                    }

                    nint[] result = keepDims ? at : [.. at.Where((_, d) => d != axis)];
                    var average = group.Sum() / group.Count;
                    Assert.Multiple(() =>
                    {
                        Assert.That(sum[result], Is.EqualTo(group.Sum()).Within(1e-12));
                        Assert.That(mean[result], Is.EqualTo(average).Within(1e-12));
                        Assert.That(
                            variance[result],
                            Is.EqualTo(group.Sum(v => (v - average) * (v - average)) / (group.Count - 1)).Within(1e-9)
                        );
                        Assert.That(max[result], Is.EqualTo(group.Max()));
                        Assert.That(argMax[result], Is.EqualTo(group.IndexOf(group.Max())));
                    });
                }
            }
        }
    }
}
