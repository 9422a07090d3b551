using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>What repeats is captured the second time, replayed from the third on, and captured anew when an address changes.</summary>
public sealed class GraphTests : DeviceTest
{
    [Test]
    public void A_list_that_repeats_is_captured_and_replayed()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1]);
        using var list = new LaunchList(device);
        var captured = new List<long>();
        for (var run = 0; run < 5; run++)
        {
            Fill(list, array, 2);
            list.Submit(device.DefaultStream);
            captured.Add(device.Statistics.GraphLaunches);
        }

        Assert.Multiple(() =>
        {
            Assert.That(captured, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
            Assert.That(device.Statistics.GraphCaptures, Is.EqualTo(1));
            Assert.That(device.Statistics.Launches, Is.EqualTo(2));
            Assert.That(driver.GraphLaunches, Is.EqualTo(4));
            Assert.That(array.ToArray(), Is.EqualTo(new[] { MathF.Pow(4, 5) }));
        });
    }

    [Test]
    public void Another_array_or_number_is_captured_anew()
    {
        var device = Device();
        using var first = device.Upload<float>([1]);
        using var second = device.Upload<float>([1]);
        using var list = new LaunchList(device);
        foreach (var (array, factor) in new[] { (first, 2f), (first, 2f), (second, 2f), (second, 3f), (second, 3f) })
        {
            Fill(list, array, factor);
            list.Submit(device.DefaultStream);
        }

        Assert.Multiple(() =>
        {
            Assert.That(device.Statistics.GraphCaptures, Is.EqualTo(2));
            Assert.That(first.ToArray(), Is.EqualTo(new[] { 16f }));
            Assert.That(second.ToArray(), Is.EqualTo(new[] { 4f * 81 }));
        });
    }

    [Test]
    public void A_capture_that_fails_is_put_in_launch_by_launch()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1]);
        using var list = new LaunchList(device);
        driver.Faults.FailCall(nameof(IGpuDriver.GraphInstantiate), DriverResult.InvalidValue);
        for (var run = 0; run < 3; run++)
        {
            Fill(list, array, 2);
            list.Submit(device.DefaultStream);
        }

        Assert.Multiple(() =>
        {
            Assert.That(device.Statistics.GraphLaunches, Is.Zero);
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 64f }));
        });
    }

    [Test]
    public void Copies_and_clearings_are_replayed_too()
    {
        var device = Device();
        using var source = device.Upload<float>([1, 2]);
        using var target = device.Upload<float>([5, 5]);
        using var list = new LaunchList(device);
        var stream = device.DefaultStream;
        for (var run = 0; run < 3; run++)
        {
            list.Clear();
            list.AddClear(target.Buffer.UseIn(stream, true), 8);
            list.AddCopy(target.Buffer.UseIn(stream, true), source.Buffer.UseIn(stream, false), 4);
            list.Submit(stream);
            Assert.That(target.ToArray(), Is.EqualTo(new[] { 1f, 0f }));
            target.CopyFrom([7, 7]);
        }

        Assert.That(device.Statistics.GraphLaunches, Is.EqualTo(2));
    }

    [Test]
    public void Graphs_can_be_switched_off()
    {
        var device = Device(new GpuDeviceOptions { UseGraphs = false });
        using var array = device.Upload<float>([1]);
        using var list = new LaunchList(device);
        for (var run = 0; run < 3; run++)
        {
            Fill(list, array, 2);
            list.Submit(device.DefaultStream);
        }

        Assert.That(device.Statistics, Has.Property(nameof(GpuStatistics.GraphCaptures)).EqualTo(0));
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 64f }));
    }

    [Test]
    public void A_fault_inside_a_graph_names_its_kernels()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1]);
        using var list = new LaunchList(device);
        Fill(list, array, 2);
        list.Submit(device.DefaultStream);
        Fill(list, array, 2);
        list.Submit(device.DefaultStream);
        driver.Lose(0, DriverResult.IllegalAddress);
        Assert.That(() => array.ToArray(), Throws.InstanceOf<KernelFaultException>().With.Message.Contains("scale"));
    }

    [Test]
    public void The_double_keeps_the_rules_of_captures()
    {
        var driver = Driver();
        var device = Device(driver);
        using var stream = device.CreateStream();
        using var outside = device.DefaultStream.Record();
        device.Enter();
        Assert.Multiple(() =>
        {
            Assert.That(driver.StreamBeginCapture(stream.Handle), Is.EqualTo(DriverResult.Success));
            Assert.That(driver.StreamSynchronize(stream.Handle), Is.EqualTo(DriverResult.StreamCaptureUnsupported));
            Assert.That(
                driver.StreamEndCapture(stream.Handle, out _),
                Is.EqualTo(DriverResult.StreamCaptureInvalidated)
            );
            Assert.That(driver.StreamBeginCapture(stream.Handle), Is.EqualTo(DriverResult.Success));
            Assert.That(driver.MemAlloc(out _, 512), Is.EqualTo(DriverResult.StreamCaptureUnsupported));
            _ = driver.StreamEndCapture(stream.Handle, out _);
            Assert.That(driver.StreamBeginCapture(stream.Handle), Is.EqualTo(DriverResult.Success));
            Assert.That(
                driver.StreamWaitEvent(stream.Handle, outside.Handle),
                Is.EqualTo(DriverResult.StreamCaptureUnsupported)
            );
            _ = driver.StreamEndCapture(stream.Handle, out _);
        });
    }

    private static void Fill(LaunchList list, GpuArray<float> array, float factor)
    {
        var kernel = array.Device.Load(Kernels.Scale).GetKernel("scale");
        var address = array.Buffer.UseIn(array.Device.DefaultStream, writes: true);
        list.Clear();
        for (var i = 0; i < 2; i++)
        {
            list.AddLaunch(
                kernel,
                new GpuGrid(1, 32),
                [address, BitConverter.SingleToUInt32Bits(factor), (ulong)array.Length]
            );
        }
    }
}
