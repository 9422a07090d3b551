using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Execution;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Plans run on a device: sizes are computed on the host, temporaries lie in one arena, what repeats becomes a graph.</summary>
public sealed class ProgramTests : DeviceTest
{
    private const int Length = 3; // a slot that takes the array's length

    /// <summary>y = copy of x made by scaling a temporary: allocates twice, launches twice, in place.</summary>
    private static LaunchPlan TwiceScaled { get; } =
        new(
            "twice",
            [new PlanParameter(0, 4, [Length]), new PlanParameter(-1, 4, [4])],
            [new PlanResult(0, 4, true, [Length])],
            SlotCount: 8,
            BufferCount: 2,
            [
                new ConstantStep(0, 127),
                new ComputeStep(1, PlanOperation.Add, Length, 0),
                new ConstantStep(2, 128),
                new ComputeStep(1, PlanOperation.DivideUnsigned, 1, 2),
                new AllocateStep(1, Length, 4, -1),
                new LaunchStep(
                    0,
                    1,
                    [new PlanArgument(true, 0), new PlanArgument(false, 4), new PlanArgument(false, Length)]
                ),
                new LaunchStep(
                    0,
                    1,
                    [new PlanArgument(true, 0), new PlanArgument(false, 4), new PlanArgument(false, Length)]
                ),
                new FreeStep(1),
            ]
        );

    /// <summary>Scales until the first element is 100 or more, as told by reading it.</summary>
    private static LaunchPlan UntilLarge { get; } =
        new(
            "until",
            [new PlanParameter(0, 4, [Length])],
            [new PlanResult(0, 4, true, [Length]), new PlanResult(-1, 8, false, [5])],
            SlotCount: 12,
            BufferCount: 1,
            [
                new ConstantStep(0, BitConverter.SingleToUInt32Bits(2)),
                new ConstantStep(1, 1),
                new ConstantStep(2, 0),
                new ConstantStep(5, 0),
                new ConstantStep(6, BitConverter.SingleToUInt32Bits(100)),
                // 5: read, and leave if it is large
                new ReadStep(7, 0, 2, 4),
                new ComputeStep(8, PlanOperation.LessUnsigned, 7, 6),
                new BranchStep(8, 11),
                new LaunchStep(
                    0,
                    1,
                    [new PlanArgument(true, 0), new PlanArgument(false, 0), new PlanArgument(false, Length)]
                ),
                new ComputeStep(5, PlanOperation.Add, 5, 1),
                new JumpStep(5),
                // 11: the end
                new AssertStep(1, 0),
            ]
        );

    private static GpuProgram Program { get; } =
        new(
            [TwiceScaled, UntilLarge],
            [
                new KernelInfo(
                    "scale",
                    [KernelParameterKind.Address, KernelParameterKind.Bits32, KernelParameterKind.Bits32],
                    128,
                    false,
                    "Program.cs(18)"
                ),
            ]
        );

    private static ImmutableArray<FunctionInterface> Functions { get; } =
    [
        new(
            "twice",
            new KernelSignature(
                [new KernelParameter(ElementType.Float32, 1), new KernelParameter(ElementType.Float32)],
                [new KernelParameter(ElementType.Float32, 1)]
            )
        ),
        new(
            "until",
            new KernelSignature(
                [new KernelParameter(ElementType.Float32, 1)],
                [new KernelParameter(ElementType.Float32, 1), new KernelParameter(ElementType.Int64)]
            )
        ),
    ];

    [Test]
    public void Arrays_of_the_host_go_there_and_back()
    {
        var device = Device();
        using var module = Load(device);
        for (var length = 0; length < 600; length += 97)
        {
            var numbers = Kernels.Numbers(length);
            var results = module.Invoke("twice", new HostBuffer(numbers, length), 3f);
            Assert.That(((HostBuffer)results[0]).Data, Is.EqualTo(numbers.Select(x => 9 * x)));
        }
    }

    [Test]
    public void What_repeats_becomes_a_graph_and_another_size_does_not_disturb_it_for_long()
    {
        var device = Device();
        using var module = Load(device);
        foreach (var length in new[] { 10, 10, 10, 1000, 1000, 10 })
        {
            var results = module.Invoke("twice", new HostBuffer(Kernels.Numbers(length), length), 2f);
            Assert.That(((HostBuffer)results[0]).Data, Is.EqualTo(Kernels.Numbers(length).Select(x => 4 * x)));
        }

        Assert.Multiple(() =>
        {
            Assert.That(device.Statistics.GraphCaptures, Is.EqualTo(2));
            Assert.That(device.Statistics.GraphLaunches, Is.EqualTo(3));
        });
    }

    [Test]
    public void Results_that_stay_are_the_callers_own()
    {
        var device = Device();
        using var module = Load(device);
        using var array = device.Upload<float>([1, 2]);
        using var first = (GpuArray<float>)module.InvokeOnDevice("twice", array, 2f)[0];
        using var second = (GpuArray<float>)module.InvokeOnDevice("twice", first, 2f)[0];
        Assert.Multiple(() =>
        {
            Assert.That(second.ToArray(), Is.EqualTo(new[] { 16f, 32f }));
            Assert.That(device.Statistics.Copies, Is.EqualTo(4), "two on the device, one there and one back");
        });
    }

    [Test]
    public void A_plan_that_looks_at_its_data_loops_on_the_host()
    {
        var device = Device();
        using var module = Load(device);
        var results = module.Invoke("until", new HostBuffer(new float[] { 3, 1 }, 2));
        Assert.Multiple(() =>
        {
            Assert.That(((HostBuffer)results[0]).Data, Is.EqualTo(new[] { 192f, 64f }));
            Assert.That(results[1], Is.EqualTo(6L));
            Assert.That(device.Statistics.GraphCaptures, Is.Zero);
        });
    }

    [Test]
    public void Threads_call_at_once()
    {
        var device = Device();
        using var module = Load(device);
        Parallel.For(
            0,
            40,
            i =>
            {
                var length = 50 + i % 3;
                var results = module.Invoke("twice", new HostBuffer(Kernels.Numbers(length), length), (float)i);
                Assert.That(((HostBuffer)results[0]).Data, Is.EqualTo(Kernels.Numbers(length).Select(x => x * i * i)));
            }
        );
    }

    [Test]
    public void Arguments_that_do_not_fit_are_refused()
    {
        var device = Device();
        using var module = Load(device);
        var array = new HostBuffer(new float[1], 1);
        using var there = device.Upload<float>([1]);
        using var elsewhere = Device().Upload<float>([1]);
        Assert.Multiple(() =>
        {
            Assert.That(() => module.Invoke("thrice"), Throws.ArgumentException.With.Message.Contains("'twice'"));
            Assert.That(
                () => module.Invoke("twice", array),
                Throws.ArgumentException.With.Message.Contains("2 arguments")
            );
            Assert.That(() => module.Invoke("twice", array, 2.0), Throws.ArgumentException.With.Message.Contains("#1"));
            Assert.That(() => module.Invoke("twice", 1f, 2f), Throws.ArgumentException.With.Message.Contains("#0"));
            Assert.That(() => module.Invoke("twice", array, "x"), Throws.ArgumentException);
            Assert.That(() => module.Invoke("twice", there, 2f), Throws.ArgumentException.With.Message.Contains("#0"));
            Assert.That(
                () => module.InvokeOnDevice("twice", elsewhere, 2f),
                Throws.ArgumentException.With.Message.Contains("To(device)")
            );
        });
    }

    [Test]
    public void A_failed_assertion_of_the_host_is_its_exception()
    {
        var device = Device();
        var plan = new LaunchPlan("f", [], [], 1, 0, [new ConstantStep(0, 0), new AssertStep(0, 0)]);
        using var module = new GpuProgramModule(
            device,
            new GpuProgram([plan], []),
            Kernels.Scale,
            [new FunctionInterface("f", new KernelSignature([], []))],
            [new KernelError("System.DivideByZeroException", "Attempted to divide by zero.", "Program.cs(3): x / y")]
        );
        Assert.That(
            () => module.Invoke("f"),
            Throws.InstanceOf<DivideByZeroException>().With.Message.EndsWith("Program.cs(3): x / y")
        );
    }

    [Test]
    public void Places_of_an_arena_do_not_overlap_and_are_used_again()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            var layout = new ArenaLayout();
            var live = new List<(long Start, long Bytes)>();
            for (var step = 0; step < 100; step++)
            {
                if (live.Count > 0 && random.Next(3) == 0)
                {
                    var index = random.Next(live.Count);
                    Assert.That(layout.Give(live[index].Start), Is.True);
                    live.RemoveAt(index);
                    continue;
                }

                var bytes = random.Next(2000);
                var start = layout.Take(bytes);
                Assert.That(start % ArenaLayout.Alignment, Is.Zero);
                Assert.That(
                    live,
                    Has.None.Matches<(long Start, long Bytes)>(other =>
                        start < other.Start + Math.Max(1, other.Bytes) && other.Start < start + Math.Max(1, bytes)
                    )
                );
                live.Add((start, bytes));
            }

            live.ForEach(place => layout.Give(place.Start));
            Assert.That(layout.Take(layout.HighWater), Is.Zero, "everything is one piece again");
        }
    }

    [TestCase(PlanOperation.DivideSigned, 7, 0, 0)]
    [TestCase(PlanOperation.DivideSigned, long.MinValue, -1, long.MinValue)]
    [TestCase(PlanOperation.DivideUnsigned, -1, 2, long.MaxValue)]
    [TestCase(PlanOperation.RemainderSigned, -7, 3, -1)]
    [TestCase(PlanOperation.ShiftLeft, 1, 64, 0)]
    [TestCase(PlanOperation.ShiftRightSigned, -8, 70, -1)]
    [TestCase(PlanOperation.ShiftRightUnsigned, -1, 63, 1)]
    [TestCase(PlanOperation.LessUnsigned, -1, 1, 0)]
    [TestCase(PlanOperation.SignExtend, 0xFF, 8, -1)]
    [TestCase(PlanOperation.ZeroExtend, -1, 8, 0xFF)]
    public void The_host_computes_as_the_plan_says(PlanOperation operation, long first, long second, long expected) =>
        Assert.That(SlotMath.Compute(operation, first, second, 0), Is.EqualTo(expected));

    /// <summary>Floats of 32 and 16 bits are rounded once, whatever the numbers are.</summary>
    [TestCase(PlanOperation.AddFloat, 0.1, 0.2, 0.1 + 0.2)]
    [TestCase(PlanOperation.DivideFloat, 1, 0, double.PositiveInfinity)]
    [TestCase(PlanOperation.RemainderFloat, -7.5, 2, -1.5)]
    [TestCase(PlanOperation.MinFloat, double.NaN, 1, double.NaN)]
    [TestCase(PlanOperation.MaxFloat, -0.0, 0.0, 0.0)]
    [TestCase(PlanOperation.MinNumber, double.NaN, 1, 1)]
    [TestCase(PlanOperation.MaxNumber, 1, double.NaN, 1)]
    [TestCase(PlanOperation.SquareRoot, 2, 0, 1.4142135623730951)]
    [TestCase(PlanOperation.RoundEven, 2.5, 0, 2)]
    [TestCase(PlanOperation.Floor, -0.5, 0, -1)]
    [TestCase(PlanOperation.Ceiling, -0.5, 0, -0.0)]
    [TestCase(PlanOperation.Truncate, -1.5, 0, -1)]
    public void The_host_computes_with_floats(PlanOperation operation, double first, double second, double expected)
    {
        var (a, b) = (BitConverter.DoubleToInt64Bits(first), BitConverter.DoubleToInt64Bits(second));
        var result = BitConverter.Int64BitsToDouble(SlotMath.Compute(operation, a, b, 0));
        Assert.That(result.Equals(expected) && double.IsNegative(result) == double.IsNegative(expected), $"{result}");
    }

    [Test]
    public void Floats_of_the_host_compare_and_convert_as_those_of_dotnet()
    {
        static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);
        static long Compute(PlanOperation operation, long first, long second = 0, long third = 0) =>
            SlotMath.Compute(operation, first, second, third);
        Assert.Multiple(() =>
        {
            Assert.That(Compute(PlanOperation.LessFloat, Bits(double.NaN), Bits(1)), Is.Zero);
            Assert.That(Compute(PlanOperation.LessFloat, Bits(-1), Bits(1)), Is.EqualTo(1));
            Assert.That(Compute(PlanOperation.LessOrEqualFloat, Bits(-0.0), Bits(0.0)), Is.EqualTo(1));
            Assert.That(Compute(PlanOperation.WidenFloat32, 0x3FC00000), Is.EqualTo(Bits(1.5)));
            Assert.That(Compute(PlanOperation.WidenFloat16, 0x3E00), Is.EqualTo(Bits(1.5)));
            Assert.That(Compute(PlanOperation.RoundToFloat32, Bits(-1.5)), Is.EqualTo(0xBFC00000), "no bits above");
            Assert.That(Compute(PlanOperation.RoundToFloat16, Bits(-1.5)), Is.EqualTo(0xBE00));
            Assert.That(Compute(PlanOperation.SignedToFloat, -3), Is.EqualTo(Bits(-3)));
            Assert.That(Compute(PlanOperation.UnsignedToFloat, -1), Is.EqualTo(Bits(18446744073709551616.0)));
            Assert.That(Compute(PlanOperation.FloatToSigned, Bits(-3.9)), Is.EqualTo(-3));
            Assert.That(
                Compute(PlanOperation.FloatToUnsigned, Bits(1e19)),
                Is.EqualTo(unchecked((long)10000000000000000000))
            );

            // Rounded to 64 bits first, these two would lie between two floats of 32 bits and go to the even one.
            var near = (1L << 60) + (1L << 36) + 1;
            Assert.That(Compute(PlanOperation.SignedToFloat32, near), Is.EqualTo(BitConverter.SingleToInt32Bits(near)));
            Assert.That(
                Compute(PlanOperation.UnsignedToFloat32, near),
                Is.EqualTo(BitConverter.SingleToInt32Bits(near))
            );
            var (x, y) = (1 + MathF.ScaleB(1, -23), MathF.ScaleB(1, -60));
            Assert.That(
                Compute(
                    PlanOperation.FusedMultiplyAdd32,
                    BitConverter.SingleToInt32Bits(x),
                    BitConverter.SingleToInt32Bits(x),
                    BitConverter.SingleToInt32Bits(y)
                ),
                Is.EqualTo(BitConverter.SingleToInt32Bits(MathF.FusedMultiplyAdd(x, x, y)))
            );
        });
    }

    /// <summary>The first run of a loop shows what memory it takes, the second one makes an arena of it, and then nothing is asked of the pool.</summary>
    [Test]
    public void A_loop_finds_its_memory_where_it_was()
    {
        var device = Device();
        var plan = new LaunchPlan(
            "rounds",
            [new PlanParameter(-1, 8, [0]), new PlanParameter(0, 4, [1])],
            [new PlanResult(-1, 8, false, [0])],
            SlotCount: 4,
            BufferCount: 3,
            [
                new ConstantStep(2, 1),
                new AllocateStep(1, 1, 4, -1),
                // 2: two arrays take turns, as many times as the first argument says
                new BranchStep(0, 8),
                new AllocateStep(2, 1, 4, -1),
                new FreeStep(1),
                new MoveStep(1, 2),
                new ComputeStep(0, PlanOperation.Subtract, 0, 2),
                new JumpStep(2),
                new FreeStep(1),
            ]
        );
        using var module = new GpuProgramModule(
            device,
            new GpuProgram([plan], []),
            Kernels.Scale,
            [
                new FunctionInterface(
                    "rounds",
                    new KernelSignature(
                        [new KernelParameter(ElementType.Int64), new KernelParameter(ElementType.Float32, 1)],
                        [new KernelParameter(ElementType.Int64)]
                    )
                ),
            ],
            []
        );
        var array = new HostBuffer(new float[1000], 1000);
        module.Invoke("rounds", 5L, array);
        module.Invoke("rounds", 5L, array);
        var before = device.Statistics.Memory;
        module.Invoke("rounds", 50L, array);
        Assert.That(device.Statistics.Memory, Is.EqualTo(before));
    }

    /// <summary>Arrays that change places from one iteration to the next: buffers are handed on, memory stays where it is.</summary>
    [Test]
    public void Buffers_are_handed_on()
    {
        var device = Device();
        var plan = new LaunchPlan(
            "swap",
            [new PlanParameter(0, 4, [Length]), new PlanParameter(1, 4, [4])],
            [new PlanResult(0, 4, true, [Length]), new PlanResult(1, 4, true, [4])],
            SlotCount: 5,
            BufferCount: 3,
            [new MoveStep(2, 0), new MoveStep(0, 1), new MoveStep(1, 2)]
        );
        var program = ProgramBytes.Read(ProgramBytes.Write(new GpuProgram([plan], [])))!;
        var array = new KernelParameter(ElementType.Float32, 1);
        using var module = new GpuProgramModule(
            device,
            program,
            Kernels.Scale,
            [new FunctionInterface("swap", new KernelSignature([array, array], [array, array]))],
            []
        );
        var results = module.Invoke(
            "swap",
            new HostBuffer(new float[] { 1, 2 }, 2),
            new HostBuffer(new float[] { 3, 4 }, 2)
        );
        Assert.That(results.Select(r => ((HostBuffer)r).Data), Is.EqualTo(new[] { new float[] { 3, 4 }, [1, 2] }));
    }

    private static GpuProgramModule Load(GpuDevice device) =>
        new(device, Program, Kernels.Scale, Functions, ImmutableArray<KernelError>.Empty);
}
