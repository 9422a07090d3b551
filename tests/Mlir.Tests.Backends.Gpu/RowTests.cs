using Mlir.Backends.Gpu;
using Mlir.IR;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Programs over rows, which are one kernel: the bits are those of the CPU's loops for every length of a row and every number of rows.</summary>
public sealed class RowTests
{
    // From one element to more than a block can keep, with and without remainders of lanes, accesses and units.
    private static readonly int[] Lengths =
    [
        0,
        1,
        3,
        4,
        31,
        32,
        33,
        63,
        64,
        65,
        100,
        127,
        128,
        129,
        1000,
        1024,
        1028,
        4100,
        8191,
        8192,
        8193,
        16384,
        20000,
        24577,
        33000,
    ];

    [TestCaseSource(nameof(Lengths))]
    public void Softmax(int length) => Check(RowPrograms.Softmax("f32"), Floats(length > 4000 ? 1 : 3, length));

    [TestCase(1)]
    [TestCase(33)]
    [TestCase(64)]
    [TestCase(1000)]
    [TestCase(8193)]
    [TestCase(16384)]
    [TestCase(30_000)]
    public void Layer_norm(int length) =>
        Check(RowPrograms.LayerNorm("f32"), Floats(length > 4000 ? 1 : 2, length), Floats(length), Floats(length));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65)]
    [TestCase(1024)]
    [TestCase(8191)]
    [TestCase(30_000)]
    public void Log_sum_exp(int length) => Check(RowPrograms.LogSumExp("f32"), Floats(2, length));

    [TestCase(1)]
    [TestCase(33)]
    [TestCase(1024)]
    [TestCase(4098)]
    [TestCase(13000)]
    public void Double_precision_has_half_as_many_lanes(int length)
    {
        Check(RowPrograms.Softmax("f64"), Doubles(3, length));
        Check(RowPrograms.LayerNorm("f64"), Doubles(2, length), Doubles(length), Doubles(length));
    }

    /// <summary>Numbers of 16 bits: eight in an access, every step rounded to them.</summary>
    [TestCase(1)]
    [TestCase(33)]
    [TestCase(64)]
    [TestCase(1001)]
    [TestCase(1024)]
    [TestCase(8200)]
    [TestCase(50_000)]
    public void Half_precision(int length)
    {
        HostBuffer Halves(params long[] sizes) =>
            new(Numbers((int)sizes.Aggregate(1L, (a, b) => a * b)).Select(x => (Half)(x / 8)).ToArray(), sizes);
        var rows = length > 4000 ? 1 : 3;
        Check(RowPrograms.Softmax("f16"), Halves(rows, length));
        Check(RowPrograms.LogSumExp("f16"), Halves(rows, length));
        Check(RowPrograms.LayerNorm("f16"), Halves(rows, length), Halves(length), Halves(length));
    }

    [TestCase(1)]
    [TestCase(64)]
    [TestCase(1001)]
    [TestCase(8200)]
    public void Brain_floats(int length)
    {
        Check(RowPrograms.Widened(RowPrograms.Softmax("bf16")), Floats(3, length));
        Check(RowPrograms.Widened(RowPrograms.LogSumExp("bf16")), Floats(3, length));
    }

    /// <summary>One, two, four and eight warps a row; blocks whose last teams have no row.</summary>
    [TestCase(1, 200)]
    [TestCase(1023, 201)]
    [TestCase(1025, 132)]
    [TestCase(2049, 130)]
    [TestCase(4097, 132)]
    [TestCase(5001, 20)]
    [TestCase(37, 96)]
    public void Teams_of_warps(int rows, int length) => Check(RowPrograms.Softmax("f32"), Floats(rows, length));

    /// <summary>A block goes on with the next rows: what it shares is free by then.</summary>
    [TestCase(0, 5)]
    [TestCase(40, 3)]
    [TestCase(40, 130)]
    [TestCase(3, 30_000)]
    public void More_and_fewer_rows_than_blocks(int rows, int length)
    {
        var few = new RowsToGpu(MaxBlocks: 2);
        var backend = GpuBackend.Create("ptx");
        var steps = backend.Pipeline.Steps.Select(s => s.Pass is RowsToGpu ? few : s);
        var pipeline = backend.Pipeline with { Steps = EquatableArray.From(steps) };
        ProgramCheck.HasBitsOfTheCpu(
            backend with
            {
                Pipeline = pipeline,
            },
            RowPrograms.Softmax("f32"),
            Floats(rows, length)
        );
        ProgramCheck.HasBitsOfTheCpu(backend with { Pipeline = pipeline }, RowPrograms.Sums, Floats(rows, length));
    }

    [Test]
    public void Several_outer_dimensions() =>
        Check(RowPrograms.Batches, new HostBuffer(Numbers(2 * 3 * 5 * 70), [2, 3, 5, 70]));

    /// <summary>What a program returns besides is written as well; what it overwrites was read before.</summary>
    [TestCase(65)]
    [TestCase(256)]
    [TestCase(30000)]
    public void Sums_of_products_and_of_what_differs_in_order(int length) => Check(RowPrograms.Sums, Floats(3, length));

    [TestCase(65)]
    [TestCase(30000)]
    public void Every_step_is_a_result(int length) => Check(RowPrograms.AllResults, Floats(3, length));

    private static HostBuffer Floats(int rows, int length) => new(Numbers(rows * length), [rows, length]);

    private static HostBuffer Floats(int length) => new(Numbers(length), [length]);

    private static HostBuffer Doubles(params int[] sizes) =>
        new(
            Numbers(sizes.Aggregate(1, (a, b) => a * b)).Select(x => x * 1.000000001).ToArray(),
            [.. sizes.Select(s => (long)s)]
        );

    /// <summary>Mostly numbers, seldom what is none, so that rows without any are among them.</summary>
    internal static float[] Numbers(int count)
    {
        var random = new Random(count);
        float[] specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, 1e30f];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    i > count / 2 && random.Next(3000) == 0
                        ? specials[random.Next(specials.Length)]
                        : (random.NextSingle() * 20) - 10
                ),
        ];
    }

    private static void Check(string text, params object[] arguments) =>
        ProgramCheck.HasBitsOfTheCpu(GpuBackend.Create("ptx"), text, arguments);
}
