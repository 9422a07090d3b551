using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Arrays go from device to device: directly, or through the host.</summary>
public sealed class PeerTests : DeviceTest
{
    [TestCase(true)]
    [TestCase(false)]
    public void An_array_goes_to_another_device(bool isDirect)
    {
        var driver = Driver(new DriverDoubleOptions(Devices: 2, PeerAccess: isDirect));
        var (first, second) = (Device(driver, 0), Device(driver, 1));
        var numbers = Kernels.Numbers(5 << 20); // more than two slots of the ring
        using var array = first.Upload<float>(numbers);
        using var copy = array.To(second);
        using var launch = Kernels.PrepareScale(copy, 2, 1);
        launch.Launch();
        numbers[0] = 2;
        Assert.Multiple(() =>
        {
            Assert.That(copy.Device, Is.SameAs(second));
            Assert.That(copy.ToArray().AsSpan().SequenceEqual(numbers), Is.True);
            Assert.That(second.Statistics.BytesBetweenDevices, Is.EqualTo(isDirect ? copy.Length * 4 : 0));
        });
    }

    [Test]
    public void Devices_of_different_drivers_meet_in_the_host()
    {
        using var array = Device(Driver()).Upload<float>([1, 2]);
        using var copy = array.To(Device(Driver()));
        Assert.That(copy.ToArray(), Is.EqualTo(new[] { 1f, 2f }));
    }

    [Test]
    public void A_copy_on_the_same_device_is_an_array_of_its_own()
    {
        var device = Device();
        using var array = device.Upload<float>([1, 2]);
        using var copy = array.To(device);
        using var launch = Kernels.PrepareScale(copy, 2);
        launch.Launch();
        Assert.Multiple(() =>
        {
            Assert.That(copy.ToArray(), Is.EqualTo(new[] { 2f, 4f }));
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 1f, 2f }));
        });
    }

    [Test]
    public void The_source_may_be_written_once_the_copy_was_asked_for()
    {
        var driver = Driver(new DriverDoubleOptions(Devices: 2));
        var (first, second) = (Device(driver, 0), Device(driver, 1));
        using var array = first.Upload<float>([1]);
        using var copy = array.To(second);
        array.CopyFrom([9]);
        Assert.That(copy.ToArray(), Is.EqualTo(new[] { 1f }));
    }

    [Test]
    public void A_lost_device_fails_the_copy_and_leaves_the_other_one()
    {
        var driver = Driver(new DriverDoubleOptions(Devices: 2));
        var (first, second) = (Device(driver, 0), Device(driver, 1));
        using var array = first.Upload<float>([1]);
        driver.Lose(0, DriverResult.EccUncorrectable);
        Assert.Multiple(() =>
        {
            Assert.That(() => array.To(second), Throws.InstanceOf<DeviceLostException>());
            Assert.That(second.Statistics.Memory.LiveBlocks, Is.Zero);
            Assert.That(second.IsLost, Is.False);
        });
    }
}
