using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Whatever goes wrong becomes the exception that says so, and nothing is left behind.</summary>
public sealed class FaultTests : DeviceTest
{
    [Test]
    public void No_device_has_a_reason()
    {
        var driver = Driver(new DriverDoubleOptions(Devices: 0));
        Assert.That(DriverCheck.WhyUnusable(driver), Does.Contain("finds no device"));
    }

    [Test]
    public void A_driver_that_does_not_start_has_a_reason()
    {
        var driver = Driver();
        driver.Faults.FailCall(nameof(IGpuDriver.Init), DriverResult.NotInitialized);
        Assert.That(
            DriverCheck.WhyUnusable(driver),
            Does.Contain("does not start").And.Contain(nameof(DriverResult.NotInitialized))
        );
    }

    [Test]
    public void A_driver_that_is_too_old_has_a_reason()
    {
        var driver = Driver(new DriverDoubleOptions(Version: 10020));
        Assert.That(DriverCheck.WhyUnusable(driver), Does.Contain("version 10.2").And.Contain("11.4"));
    }

    [Test]
    public void A_device_that_is_not_there_is_named()
    {
        var driver = Driver();
        Assert.That(
            () => new GpuDevice(driver, 3),
            Throws
                .InstanceOf<DeviceUnavailableException>()
                .With.Message.Contains("ptx:3")
                .And.Message.Contains("no device 3")
        );
    }

    [Test]
    public void A_context_that_cannot_be_made_has_a_reason()
    {
        var driver = Driver();
        driver.Faults.FailCall(nameof(IGpuDriver.DevicePrimaryCtxRetain), DriverResult.OutOfMemory);
        Assert.That(() => new GpuDevice(driver, 0), Throws.InstanceOf<DeviceUnavailableException>());
    }

    [TestCase("nvidia:0", "no such kind")]
    [TestCase("ptx:1", "one PTX machine")]
    [TestCase("ptx:x", "not the number")]
    public void A_name_that_names_nothing_is_refused(string id, string why) =>
        Assert.That(
            () => GpuDevices.Open(id),
            Throws.InstanceOf<DeviceUnavailableException>().With.Message.Contains(why)
        );

    [Test]
    public void Memory_that_runs_out_is_told_with_what_it_is_used_for()
    {
        var device = Device(Driver(new DriverDoubleOptions(MemoryBytes: 16 << 20)));
        using var held = device.Allocate<byte>(8 << 20);
        var failure = Assert.Throws<DeviceOutOfMemoryException>(() => device.Allocate<byte>(12 << 20))!;
        Assert.Multiple(() =>
        {
            Assert.That(failure.Requested, Is.EqualTo(12 << 20));
            Assert.That(failure.Statistics.LiveBytes, Is.EqualTo(8 << 20));
            Assert.That(failure.Message, Does.Contain("8 MiB are in 1 live arrays"));
            Assert.That(device.IsLost, Is.False);
        });
        using var fits = device.Allocate<byte>(4 << 20);
    }

    [Test]
    public void What_is_cached_is_given_back_before_memory_runs_out()
    {
        var device = Device(Driver(new DriverDoubleOptions(MemoryBytes: 16 << 20)));
        device.Allocate<byte>(8 << 20).Dispose();
        using var array = device.Allocate<byte>(12 << 20);
        Assert.That(device.Statistics.Memory, Has.Property(nameof(GpuMemoryStatistics.Trims)).EqualTo(1));
    }

    [Test]
    public void A_limit_holds_below_what_the_device_has()
    {
        var device = Device(new GpuDeviceOptions { MemoryLimit = 4 << 20 });
        Assert.Multiple(() =>
        {
            Assert.That(() => device.Allocate<byte>(5 << 20), Throws.InstanceOf<DeviceOutOfMemoryException>());
            Assert.That(() => device.Allocate<byte>(1L << 60), Throws.InstanceOf<DeviceOutOfMemoryException>());
            Assert.That(() => device.Allocate<long>(1L << 61), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => device.Allocate<long>(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void Code_that_the_driver_rejects_is_told_with_its_log_and_kept()
    {
        var driver = Driver();
        var device = Device(driver);
        driver.Faults.RejectedCodeLog = "ptxas application ptx input, line 9; error: unknown symbol";
        var failure = Assert.Throws<KernelCompileException>(() => device.Load(Kernels.Scale))!;
        Assert.Multiple(() =>
        {
            Assert.That(failure.Log, Is.EqualTo(driver.Faults.RejectedCodeLog));
            Assert.That(failure.Operation, Is.EqualTo("x * factor at Program.cs(18)"));
            Assert.That(failure.Message, Does.Contain("line 9").And.Contain("Program.cs(18)"));
            Assert.That(File.ReadAllText(failure.CodePath!), Does.Contain(".entry scale"));
        });
        Directory.Delete(Path.GetDirectoryName(failure.CodePath)!, recursive: true);
        driver.Faults.RejectedCodeLog = null;
        Assert.That(() => device.Load(Kernels.Scale), Throws.Nothing, "the next one may try again");
    }

    [Test]
    public void Text_that_is_no_PTX_is_rejected_with_a_log()
    {
        var failure = Assert.Throws<KernelCompileException>(() => Device().Load(GpuCode.FromPtx("hello")))!;
        Directory.Delete(Path.GetDirectoryName(failure.CodePath)!, recursive: true);
        Assert.That(failure.Log, Does.Contain("error"));
    }

    [Test]
    public void A_kernel_that_reaches_beyond_its_array_is_told_with_its_line_and_takes_the_device()
    {
        var device = Device();
        using var array = device.Upload<float>([1]);
        using var launch = Kernels.PrepareScale(array, 2, 1 << 20);
        launch.Launch();
        var failure = Assert.Throws<KernelFaultException>(() => array.ToArray())!;
        Assert.Multiple(() =>
        {
            Assert.That(failure.Kernel, Is.EqualTo("scale"));
            Assert.That(failure.Operation, Is.EqualTo("x * factor at Program.cs(18)"));
            Assert.That(failure.Fault, Does.Contain("700"));
            Assert.That(failure.RecentLaunches, Has.Length.EqualTo(1));
            Assert.That(failure.Message, Does.Contain("<<<8192, 128>>>").And.Contain(GpuDevice.DebugVariable));
            Assert.That(device.IsLost, Is.True);
            Assert.That(() => array.ToArray(), Throws.InstanceOf<DeviceLostException>());
            Assert.That(() => launch.Launch(), Throws.InstanceOf<DeviceLostException>());
            Assert.That(() => device.Allocate<float>(1), Throws.InstanceOf<DeviceLostException>());
        });
    }

    [Test]
    public void Debugging_names_the_launch_that_failed()
    {
        var device = Device(new GpuDeviceOptions { Debug = true });
        using var array = device.Upload<float>([1]);
        using var good = Kernels.PrepareScale(array, 2);
        using var bad = Kernels.PrepareScale(array, 2, 1 << 20);
        good.Launch();
        var failure = Assert.Throws<KernelFaultException>(() => bad.Launch())!;
        Assert.That(failure.Message, Does.Contain("in scale <<<8192, 128>>>").And.Not.Contain("one of"));
    }

    [Test]
    public void Who_waits_for_a_device_that_is_lost_is_told()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1]);
        device.Synchronize();
        driver.Faults.HoldCopies();
        array.CopyFrom([2]);
        var done = device.DefaultStream.WhenDoneAsync();
        driver.Lose(0, DriverResult.LaunchFailed);
        driver.Faults.ReleaseCopies();
        Assert.That(async () => await done, Throws.InstanceOf<GpuException>());
        Assert.That(device.IsLost, Is.True);
    }

    [Test]
    public void Asynchronous_reads_fail_with_the_kernel_before_them()
    {
        var device = Device();
        using var array = device.Upload<float>(new float[100]);
        using var launch = Kernels.PrepareScale(array, 2, 1 << 20);
        launch.Launch();
        Assert.That(async () => await array.ToArrayAsync(), Throws.InstanceOf<GpuException>());
        Assert.That(device.IsLost, Is.True);
    }

    [Test]
    public void A_lost_device_takes_no_other_along()
    {
        var driver = Driver(new DriverDoubleOptions(Devices: 2));
        var (first, second) = (Device(driver, 0), Device(driver, 1));
        using var lost = first.Upload<float>([1]);
        using var kept = second.Upload<float>([1]);
        driver.Lose(0, DriverResult.EccUncorrectable);
        Assert.Multiple(() =>
        {
            Assert.That(() => lost.ToArray(), Throws.InstanceOf<DeviceLostException>());
            Assert.That(kept.ToArray(), Is.EqualTo(new[] { 1f }));
            Assert.That(second.IsLost, Is.False);
        });
    }

    [TestCase(nameof(IGpuDriver.StreamCreate))]
    [TestCase(nameof(IGpuDriver.MemcpyHtoDAsync))]
    [TestCase(nameof(IGpuDriver.MemcpyDtoHAsync))]
    [TestCase(nameof(IGpuDriver.MemHostAlloc))]
    [TestCase(nameof(IGpuDriver.LaunchKernel))]
    [TestCase(nameof(IGpuDriver.LaunchHostFunc))]
    [TestCase(nameof(IGpuDriver.StreamSynchronize))]
    [TestCase(nameof(IGpuDriver.ModuleGetFunction))]
    [TestCase(nameof(IGpuDriver.EventCreate))]
    [TestCase(nameof(IGpuDriver.EventRecord))]
    [TestCase(nameof(IGpuDriver.StreamWaitEvent))]
    [TestCase(nameof(IGpuDriver.MemsetD8Async))]
    public void A_call_that_fails_once_is_named_and_succeeds_when_it_is_made_again(string call)
    {
        var driver = Driver();
        var device = Device(driver);
        driver.Faults.FailCall(call, DriverResult.InvalidValue);
        var failure = Assert.Throws<GpuDriverException>(() => Everything(device))!;
        Assert.That(failure.Message, Does.Contain(call).And.Contain(nameof(DriverResult.InvalidValue)));
        Assert.That(Everything(device), Is.EqualTo(new[] { 4f }));
        Assert.That(device.IsLost, Is.False);
    }

    [TestCase(nameof(IGpuDriver.LaunchHostFunc))]
    [TestCase(nameof(IGpuDriver.MemcpyHtoDAsync))]
    [TestCase(nameof(IGpuDriver.MemcpyDtoHAsync))]
    [TestCase(nameof(IGpuDriver.StreamSynchronize))]
    public void Slots_of_pinned_memory_come_back_whatever_fails(string call)
    {
        var driver = Driver();
        var device = Device(driver);
        for (var i = 0; i < 10; i++)
        {
            driver.Faults.FailCall(call, DriverResult.InvalidValue);
            Assert.That(
                () =>
                {
                    using var array = device.Upload<float>([1]);
                    array.ToArray();
                },
                Throws.InstanceOf<GpuDriverException>()
            );
        }

        using var whole = device.Upload<float>([7]);
        Assert.That(whole.ToArray(), Is.EqualTo(new[] { 7f }));
    }

    [Test]
    public void Memory_whose_wait_fails_goes_back()
    {
        var driver = Driver();
        var device = Device(driver, 0, new GpuDeviceOptions { MemoryLimit = 2 << 20 });
        using var other = device.CreateStream();
        device.Allocate<byte>(1 << 20).Dispose();
        using var half = device.Allocate<byte>(1 << 20);
        using var rest = device.Allocate<byte>(1 << 20);
        rest.Dispose();
        driver.Faults.FailCall(nameof(IGpuDriver.StreamWaitEvent), DriverResult.InvalidValue);
        Assert.That(() => new GpuArray<byte>(device, [1 << 20], other), Throws.InstanceOf<GpuDriverException>());
        Assert.That(device.Statistics.Memory.LiveBlocks, Is.EqualTo(1));
    }

    [Test]
    public void The_call_of_any_number_may_fail()
    {
        for (var skip = 0; skip < 6; skip++)
        {
            var driver = Driver();
            var device = Device(driver);
            driver.Faults.FailCall(nameof(IGpuDriver.LaunchHostFunc), DriverResult.InvalidValue, skip);
            for (var i = 0; i < skip; i++)
            {
                using var whole = device.Upload<float>([1]);
            }

            Assert.That(() => device.Upload<float>([1]), Throws.InstanceOf<GpuDriverException>());
            Assert.That(device.Statistics.Memory.LiveBlocks, Is.Zero);
        }
    }

    private static float[] Everything(GpuDevice device)
    {
        using var stream = device.CreateStream();
        using var array = device.Allocate<float>(1);
        array.Clear(stream);
        array.CopyFrom([2], stream: stream);
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch(); // in another stream, which waits
        return array.ToArray();
    }
}
