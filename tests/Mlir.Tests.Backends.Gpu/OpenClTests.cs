using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>The same runtime on OpenCL: on any machine that has a device with shared memory, and wherever tools are required.</summary>
public sealed class OpenClTests
{
    private GpuDevice _device = null!;

    [SetUp]
    public void Open()
    {
        if (OpenClDriver.Loader.Open() is (null, var reason))
        {
            if (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
            {
                Assert.Fail(reason);
            }

            Assert.Ignore(reason);
        }

        _device = GpuDevices.Open("opencl");
    }

    [TearDown]
    public void Close() => _device?.Dispose();

    [Test]
    public void The_device_says_what_it_is() =>
        Assert.Multiple(() =>
        {
            Assert.That(_device.Info.Name, Is.Not.Empty);
            Assert.That(_device.Info.MemoryBytes, Is.Positive);
            Assert.That(_device.Info.Multiprocessors, Is.Positive);
            Assert.That(_device.Id, Is.EqualTo("opencl:0"));
        });

    [Test]
    public void A_kernel_runs_over_an_array()
    {
        using var array = _device.Upload<float>(Kernels.Numbers(1000));
        using var launch = Prepare(array, 2);
        launch.Launch();
        Assert.That(array.ToArray(), Is.EqualTo(Kernels.Numbers(1000).Select(x => 2 * x)));
    }

    [Test]
    public async Task Streams_and_tasks_keep_the_order()
    {
        using var other = _device.CreateStream();
        using var array = _device.Upload<float>(Kernels.Numbers(1 << 20));
        using var launch = Prepare(array, 2);
        for (var i = 0; i < 10; i++)
        {
            launch.Launch(i % 2 == 0 ? other : null);
        }

        await other.WhenDoneAsync();
        var numbers = await array.ToArrayAsync();
        Assert.That(numbers.AsSpan().SequenceEqual([.. Kernels.Numbers(1 << 20).Select(x => 1024 * x)]), Is.True);
        Assert.That(_device.Completions.Count, Is.Zero.After(5000, 10));
    }

    [Test]
    public void Marks_are_waited_for_and_keep_the_time()
    {
        using var other = _device.CreateStream();
        using var array = _device.Upload<float>(Kernels.Numbers(1000));
        using var launch = Prepare(array, 2);
        using var start = _device.DefaultStream.Record(timing: true);
        launch.Launch();
        using var end = _device.DefaultStream.Record(timing: true);
        other.WaitFor(end);
        other.Synchronize();
        end.Synchronize();
        Assert.Multiple(() =>
        {
            Assert.That(end.IsDone, Is.True);
            Assert.That(_device.DefaultStream.IsDone, Is.True);
            Assert.That(end.Since(start), Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        });
    }

    [Test]
    public void What_repeats_runs_without_graphs()
    {
        using var array = _device.Upload<float>([1]);
        using var list = new LaunchList(_device);
        for (var run = 0; run < 3; run++)
        {
            list.Clear();
            for (var i = 0; i < 2; i++)
            {
                list.AddLaunch(
                    _device.Load(Code).GetKernel("scale"),
                    new GpuGrid(1, 32),
                    [array.Buffer.UseIn(_device.DefaultStream, writes: true), BitConverter.SingleToUInt32Bits(2), 1]
                );
            }

            list.Submit(_device.DefaultStream);
        }

        Assert.That(array.ToArray(), Is.EqualTo(new[] { 64f }));
    }

    [Test]
    public void Clearing_and_copies_to_other_devices_work()
    {
        using var array = _device.Upload<float>([1, 2]);
        using var machine = GpuDevices.Open(GpuDevices.PtxMachine);
        using var there = array.To(machine);
        array.Clear();
        using var back = there.To(_device);
        Assert.Multiple(() =>
        {
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 0f, 0f }));
            Assert.That(back.ToArray(), Is.EqualTo(new[] { 1f, 2f }));
        });
    }

    [Test]
    public void Code_that_is_no_SPIR_V_is_rejected()
    {
        var failure = Assert.Throws<KernelCompileException>(() => _device.Load(GpuCode.FromSpirV(new byte[20])))!;
        Directory.Delete(Path.GetDirectoryName(failure.CodePath)!, recursive: true);
        Assert.Multiple(() =>
        {
            Assert.That(failure.Log, Does.Contain("not a SPIR-V module"));
            Assert.That(
                () => _device.Load(Kernels.Scale),
                Throws.ArgumentException.With.Message.Contains("takes SpirV")
            );
            Assert.That(() => _device.Load(Code).GetKernel("none"), Throws.ArgumentException);
        });
    }

    [Test]
    public void A_module_that_is_cut_off_is_told()
    {
        var words = new uint[] { 0x07230203, 0x00010200, 0, 10, 0, 4u << 16 | 21, 1 };
        Assert.That(SpirVTranslation.WithPlainZeros(words), Is.Null);
    }

    [Test]
    public void Zeros_that_are_null_constants_are_written_out()
    {
        // OpTypeInt %1 64 0 · OpTypeFloat %2 32 · OpConstantNull %1 %3 · OpConstantNull %2 %4 · OpConstantNull %9 %5 (no number)
        uint[] header = [0x07230203, 0x00010200, 0, 10, 0, 4 << 16 | 21, 1, 64, 0, 3 << 16 | 22, 2, 32];
        Assert.That(
            SpirVTranslation.WithPlainZeros([.. header, 3 << 16 | 46, 1, 3, 3 << 16 | 46, 2, 4, 3 << 16 | 46, 9, 5]),
            Is.EqualTo((uint[])[.. header, 5 << 16 | 43, 1, 3, 0, 0, 4 << 16 | 43, 2, 4, 0, 3 << 16 | 46, 9, 5])
        );
    }

    [Test]
    public void Truth_values_that_are_null_constants_are_written_out()
    {
        // OpTypeBool %1 · OpConstantNull %1 %2 → OpConstantFalse %1 %2
        uint[] header = [0x07230203, 0x00010200, 0, 10, 0, 2 << 16 | 20, 1];
        Assert.That(
            SpirVTranslation.WithPlainZeros([.. header, 3 << 16 | 46, 1, 2]),
            Is.EqualTo((uint[])[.. header, 3 << 16 | 42, 1, 2])
        );
    }

    [Test]
    public void Sums_with_carries_become_sums_and_comparisons()
    {
        // OpTypeInt %1 64 0 · OpTypeStruct %2 { %1, %1 } · OpFunction … · OpIAddCarry %2 %7 %5 %6 · OpCompositeExtract %1 %8 %7 1
        uint[] types = [4 << 16 | 21, 1, 64, 0, 4 << 16 | 30, 2, 1, 1];
        uint[] function = [5 << 16 | 54, 3, 4, 0, 9];
        Assert.That(
            SpirVCarries.Expand([
                0x07230203,
                0x00010200,
                0,
                10,
                0,
                .. types,
                .. function,
                5 << 16 | 149,
                2,
                7,
                5,
                6,
                5 << 16 | 81,
                1,
                8,
                7,
                1,
            ]),
            Is.EqualTo(
                (uint[])
                    [
                        .. (uint[])[0x07230203, 0x00010200, 0, 16, 0],
                        .. types,
                        .. (uint[])[2 << 16 | 20, 12],
                        .. (uint[])[5 << 16 | 43, 1, 10, 0, 0],
                        .. (uint[])[5 << 16 | 43, 1, 11, 1, 0],
                        .. function,
                        .. (uint[])[5 << 16 | 128, 1, 13, 5, 6],
                        .. (uint[])[5 << 16 | 176, 12, 14, 13, 5],
                        .. (uint[])[6 << 16 | 169, 1, 15, 14, 11, 10],
                        .. (uint[])[4 << 16 | 83, 1, 8, 15],
                    ]
            )
        );
    }

    private static GpuLaunch Prepare(GpuArray<float> array, float factor) =>
        array
            .Device.Load(Code)
            .GetKernel("scale")
            .Prepare(new GpuGrid((int)(array.Length + 127) / 128, 128))
            .Set(0, array)
            .Set(1, factor)
            .Set(2, (int)array.Length);

    private static GpuCode Code { get; } = GpuCode.FromSpirV(Read("scale.spv"), [.. Kernels.Scale.Kernels]);

    private static byte[] Read(string name)
    {
        using var stream = typeof(OpenClTests).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
