using Mlir.Tests.Frontend;

namespace Mlir.Tests.Arrays;

/// <summary>Scans, loops and whatever else goes from element to element run on every device, with the interpreter's bits.</summary>
public sealed class DeviceLoopTests
{
    private static int[][] Shapes { get; } =
    [
        [0],
        [1],
        [300],
        [3, 5],
        [300, 7],
        [7, 300],
        [1, 1],
        [0, 4],
        [4, 0],
        [3, 40, 9],
        [300, 2, 3],
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Cumulative_functions_go_along_every_axis(int[] lengths)
    {
        var (x, n) = (Numbers.Some<float>(lengths), Numbers.Some<long>(lengths));
        OnDevices.CheckAll((Tensor<float> x) => (x * 0.1f).CumulativeSum(0), x);
        OnDevices.CheckAll((Tensor<float> x) => (x * 0.1f).CumulativeSum(-1), x);
        OnDevices.CheckAll((Tensor<long> x) => x.CumulativeProduct(0), n);
        OnDevices.CheckAll((Tensor<long> x) => x.CumulativeMin(-1), n);
        if (lengths.Length == 3)
        {
            OnDevices.CheckAll((Tensor<float> x) => (x * 0.1f).CumulativeSum(1), x);
            OnDevices.CheckAll((Tensor<long> x) => x.CumulativeMax(1), n);
        }
    }

    /// <summary>Blocks of 65,536 elements begin with the total of those before.</summary>
    [TestCase(65_537)]
    [TestCase(135_001)]
    public void A_long_tensor_goes_on_from_block_to_block(int length)
    {
        var random = new Random(length);
        var x = Tensor.Create([.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)]);
        OnDevices.CheckAll((Tensor<double> x) => x.CumulativeSum(0), x);
    }

    [Test]
    public void Extremes_keep_a_NaN()
    {
        var x = Numbers.Special(8, 40);
        OnDevices.CheckAll((Tensor<double> x) => x.CumulativeMax(0), x);
        OnDevices.CheckAll((Tensor<double> x) => x.CumulativeMin(1), x);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(6)]
    [TestCase(-2)]
    public void The_state_of_a_loop_stays_on_the_device(int count)
    {
        var x = Numbers.Some<double>(33, 18);
        OnDevices.CheckAll((Tensor<double> x, int n) => Loop.For(n, x, (i, s) => 0.5 * (s + x) - (double)i), x, count);

        // Two arrays take turns; three change places; the sizes change.
        OnDevices.CheckAll(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, s) => 0.5 * (s.Roll(1, 0) + s.Roll(-1, 0))),
            x,
            count
        );
        OnDevices.CheckAll(
            (Tensor<double> x, int n) =>
                Loop.For(
                    n,
                    ValueTuple.Create(x, x + x, x * x),
                    (i, s) => ValueTuple.Create(s.Item2, s.Item3, s.Item1)
                ).Item1,
            x,
            count
        );
        OnDevices.CheckAll(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, s) => Tensor.Concatenate(new[] { s, s.Roll(1, 0) }, 0)),
            x,
            count
        );

        // Numbers and arrays together, a loop in a loop.
        OnDevices.CheckAll(
            (Tensor<double> x, int n) =>
                Loop.For(
                    n,
                    ValueTuple.Create(x, 1.0f),
                    (i, s) => ValueTuple.Create(s.Item1 * (double)s.Item2, s.Item2 * 0.7f)
                ),
            x,
            count
        );
        OnDevices.CheckAll(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, a) => Loop.For(i, a, (j, b) => b + x * (double)j) - a),
            x,
            count
        );
    }

    [Test]
    public void The_device_decides_when_a_loop_ends()
    {
        var x = Numbers.Some<double>(300);
        OnDevices.CheckAll((Tensor<double> x) => Loop.While(x, s => Tensor.Max<double>(s) > 1.0, s => s * 0.5), x);
        OnDevices.CheckAll(
            (Tensor<float> x) =>
                Loop.While(
                    ValueTuple.Create(x, 0),
                    s => Tensor.Sum<float>(s.Item1) < 1000f && s.Item2 < 5,
                    s => ValueTuple.Create(s.Item1 + 1f, s.Item2 + 1)
                ),
            Numbers.Some<float>(300)
        );
    }

    [Test]
    public void A_loop_over_numbers_gives_what_it_gives_elsewhere()
    {
        OnDevices.CheckAll((int n, double x) => Loop.For(n, x, (i, s) => 0.5 * (s + Math.Sin(s))), 20, 1.5);
        OnDevices.CheckAll(
            (int n) => Loop.For(n, ValueTuple.Create(0L, 1L), (i, s) => ValueTuple.Create(s.Item2, s.Item1 + s.Item2)),
            50
        );
        OnDevices.CheckAll((int[] a, int n) => Loop.For(n, 0, (i, s) => s + a[i]), new[] { 1, 2, 3 }, 3);
        OnDevices.CheckAll((int[] a, int n) => Loop.For(n, 0, (i, s) => s + a[i]), new[] { 1, 2, 3 }, 4);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(257)]
    public void A_scan_hands_its_state_from_element_to_element(int length)
    {
        var x = Numbers.Some<double>(length);
        OnDevices.CheckAll(
            (Tensor<double> x) => Loop.Scan(x, 1.0, (s, e) => ValueTuple.Create(0.9 * s + 0.1 * e, s > e ? 1 : 0)),
            x
        );
    }

    [Test]
    public void Floats_of_the_host_are_rounded_as_everywhere()
    {
        OnDevices.CheckAll((double a, double b) => Tensor.ARange(a, b, 0.1), 0.3, 2.7);
        OnDevices.CheckAll((float a, float b) => Tensor.ARange(a, b, 0.1f), 0.3f, 2.7f);
        OnDevices.CheckAll((double a, double b) => Tensor.ARange(a, b, 0.0), 0.3, 2.7);
        OnDevices.CheckAll((float a, float b, int n) => Tensor.Linspace(a, b, n), -1f, 0.7f, 17);
        OnDevices.CheckAll((double a, double b, int n) => Tensor.Linspace(a, b, n), -1.0, 0.7, 1);
        OnDevices.CheckAll((Tensor<float> x, float b) => Tensor.Log<float>(x, b), Numbers.Some<float>(40), 3.3f);
        OnDevices.CheckAll((Tensor<double> x, double b) => Tensor.Log<double>(x, b), Numbers.Special(40), 10.0);
    }

    /// <summary>Elementary functions of numbers that decide sizes are the kernels' polynomials.</summary>
    [TestCase(0.7)]
    [TestCase(-3.1)]
    [TestCase(1e5)]
    public void The_host_computes_elementary_functions_of_sizes(double a)
    {
        OnDevices.CheckAll((double a) => Tensor.ARange(0.0, Math.Exp(-a * a) + Math.Sin(a) + 3, 0.1), a);
        OnDevices.CheckAll((double a) => Tensor.ARange(0.0, Math.Log(a * a) + Math.Tanh(a), 0.1), a);
        OnDevices.CheckAll(
            (float a) => Tensor.ARange(0f, MathF.Pow(MathF.Abs(a), 0.3f) + MathF.Cos(a) + 2f, 0.1f),
            (float)a
        );
        OnDevices.CheckAll((Half a) => Tensor.ARange((Half)0, (Half)2 + a / (Half)1000, (Half)0.25), (Half)a);
    }

    [Test]
    public void Elements_are_counted()
    {
        OnDevices.CheckAll((Tensor<double> x, int bins) => x.Histogram(bins, -0.5, 0.5), Numbers.Special(1000), 10);
        OnDevices.CheckAll((Tensor<float> x, int bins) => x.Histogram(bins, -5f, 5f), Numbers.Some<float>(9, 70), 3);
        OnDevices.CheckAll((Tensor<double> x, int bins) => x.Histogram(bins, -0.5, 0.5), Numbers.Special(10), 0);
        OnDevices.CheckAll((Tensor<int> x) => x.BinCount(0), Tensor.Create([3, 1, 3, 0]));
        var many = Tensor.Create([.. Enumerable.Range(0, 140_000).Select(i => i % 7 * i % 5)]);
        OnDevices.CheckAll((Tensor<int> x) => x.BinCount(9), many);
    }

    [TestCase(3)]
    [TestCase(64)]
    [TestCase(130)]
    public void Rows_are_scattered_in_order(int columns)
    {
        var random = new Random(columns);
        var places = Tensor.Create([.. Enumerable.Range(0, 60).Select(_ => random.Next(-20, 20))]);
        var (x, v) = (Numbers.Some<float>(20, columns), Numbers.Some<float>(2, [60, columns]) * 1e7f);
        OnDevices.CheckAll((Tensor<float> x, Tensor<int> i, Tensor<float> v) => x.ScatterAdd(i, v), x, places, v);
        OnDevices.CheckAll((Tensor<float> x, Tensor<int> i, Tensor<float> v) => x.Scatter(i, v), x, places, v);
        OnDevices.CheckAll(
            (Tensor<float> x, Tensor<int> i, Tensor<float> v) => x.Scatter(i, v),
            x,
            Tensor.Create([0, 20]),
            Numbers.Some<float>(2, columns)
        );
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(100)]
    public void Rows_are_sorted(int length)
    {
        var x = Numbers.Special(5, length);
        OnDevices.CheckAll((Tensor<double> x) => x.Sort(1), x);
        OnDevices.CheckAll((Tensor<double> x) => x.ArgSort(0), x);
        OnDevices.CheckAll((Tensor<double> x) => x.Flatten().Sort(0, true), x);
        OnDevices.CheckAll((Tensor<double> x) => x.TopK(1, 1), x);
    }
}
