using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>From PTX text to a result.</summary>
public sealed class LaunchTests : DeviceTest
{
    [Test]
    public void A_kernel_runs_over_an_array()
    {
        var device = Device();
        using var array = device.Upload<float>(Kernels.Numbers(1000));
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch();
        Assert.That(array.ToArray(), Is.EqualTo(Kernels.Numbers(1000).Select(x => 2 * x)));
    }

    [Test]
    public void The_PTX_machine_is_a_device_of_its_own()
    {
        using var device = GpuDevices.Open(GpuDevices.PtxMachine);
        using var array = device.Upload<float>([1, 2, 3]);
        using var launch = Kernels.PrepareScale(array, 10);
        launch.Launch();
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 10f, 20f, 30f }));
    }

    /// <summary>Threads limit small blocks of few registers; shared memory limits those that ask for much.</summary>
    [Test]
    public void A_kernel_says_how_many_of_its_blocks_run_at_once()
    {
        var kernel = Device().Load(Kernels.Scale).GetKernel("scale");
        Assert.Multiple(() =>
        {
            Assert.That(kernel.ActiveBlocks(new GpuGrid(1, 256)), Is.EqualTo(8));
            Assert.That(kernel.ActiveBlocks(new GpuGrid(1, 256) { SharedBytes = 80 << 10 }), Is.EqualTo(2));
        });
    }

    [Test]
    public void An_argument_that_was_changed_counts_from_the_next_launch_on()
    {
        var device = Device();
        using var array = device.Upload<float>([1, 1]);
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch();
        launch.Set(1, 5f).Launch();
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 10f, 10f }));
    }

    [Test]
    public void Nothing_is_launched_over_no_elements()
    {
        var device = Device();
        using var array = device.Allocate<float>(0);
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch();
        Assert.Multiple(() =>
        {
            Assert.That(array.ToArray(), Is.Empty);
            Assert.That(device.Statistics.Launches, Is.Zero);
        });
    }

    [Test]
    public void Arguments_that_do_not_fit_are_refused_by_name()
    {
        var device = Device();
        using var array = device.Upload<float>([1]);
        using var other = Device(Driver()).Upload<float>([1]);
        using var launch = device.Load(Kernels.Scale).GetKernel("scale").Prepare(new GpuGrid(1, 1)).Set(0, array);
        Assert.Multiple(() =>
        {
            Assert.That(() => launch.Set(1, 2.0), Throws.ArgumentException.With.Message.Contains("Scalar32"));
            Assert.That(() => launch.Set(0, 2f), Throws.ArgumentException.With.Message.Contains("Output"));
            Assert.That(() => launch.Set(1, array), Throws.ArgumentException.With.Message.Contains("not an array"));
            Assert.That(() => launch.Set(0, other), Throws.ArgumentException.With.Message.Contains("To(device)"));
            Assert.That(() => launch.Set(3, 2f), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => launch.Launch(), Throws.InvalidOperationException.With.Message.Contains("Parameter 1"));
        });
    }

    [Test]
    public void Code_is_compiled_once()
    {
        var device = Device();
        var first = device.Load(Kernels.Scale);
        var again = device.Load(
            GpuCode.FromPtx(
                System.Text.Encoding.UTF8.GetString(Kernels.Scale.Bytes.Span).TrimEnd('\0'),
                Kernels.Scale.Kernels
            )
        );
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.SameAs(first));
            Assert.That(device.Statistics.Modules, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_kernel_that_is_not_there_is_named()
    {
        var module = Device().Load(Kernels.Scale);
        Assert.That(() => module.GetKernel("scal"), Throws.ArgumentException.With.Message.Contains("'scale'"));
    }

    [Test]
    public void A_block_of_too_many_threads_is_refused_and_the_device_goes_on()
    {
        var device = Device();
        using var array = device.Upload<float>([1]);
        using var launch = device
            .Load(Kernels.Scale)
            .GetKernel("scale")
            .Prepare(new GpuGrid(1, 2048))
            .Set(0, array)
            .Set(1, 2f)
            .Set(2, 1);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => launch.Launch(),
                Throws.InstanceOf<GpuDriverException>().With.Message.Contains(nameof(DriverResult.LaunchOutOfResources))
            );
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 1f }));
        });
    }
}
