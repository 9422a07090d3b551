using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Simulation;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>
/// Each call of the driver fails once, at each place where the runtime makes it, in each way: an exception of this library says so or the work is done
/// all the same, nothing is left behind, and what comes next works unless the device was lost.
/// </summary>
public sealed class FaultSweepTests : DeviceTest
{
    /// <summary>What gives back has nowhere to go when it fails; the rest belongs to opening a device.</summary>
    private static readonly string[] Calls =
    [
        .. typeof(IGpuDriver)
            .GetMethods()
            .Select(static method => method.Name)
            .Where(static name =>
                !name.StartsWith("Device", StringComparison.Ordinal)
                && !name.EndsWith("Destroy", StringComparison.Ordinal)
                && !name.StartsWith("MemFree", StringComparison.Ordinal)
                && !name.StartsWith("get_", StringComparison.Ordinal)
                && name
                    is not (
                        nameof(IGpuDriver.Init)
                        or nameof(IGpuDriver.DriverGetVersion)
                        or nameof(IGpuDriver.ModuleUnload)
                        or nameof(IGpuDriver.NameOf)
                        or nameof(IGpuDriver.FaultOf)
                    )
            ),
    ];

    [Test]
    public void Every_call_may_fail_anywhere(
        [ValueSource(nameof(Calls))] string call,
        [Values("InvalidValue", "OutOfMemory", "IllegalAddress")] string result
    )
    {
        var fault = Enum.Parse<DriverResult>(result);
        var isReached = true;
        for (var skip = 0; isReached; skip++)
        {
            var driver = Driver(new DriverDoubleOptions(Devices: 2, Threads: 1));
            var (device, other) = (Device(driver), Device(driver, 1));
            driver.Faults.FailCall(call, fault, skip);
            try
            {
                Assert.That(Everything(device, other), Is.EqualTo(16), $"place {skip}");
            }
            catch (GpuException)
            {
                // It was said.
            }

            isReached = !driver.Faults.IsPending;
            if (!device.IsLost && !other.IsLost)
            {
                driver.Faults.Clear();
                Assert.That(Everything(device, other), Is.EqualTo(16), $"after place {skip}");
            }
            else
            {
                Assert.That(fault, Is.EqualTo(DriverResult.IllegalAddress));
                var (lost, kept) = device.IsLost ? (device, other) : (other, device);
                Assert.That(() => lost.Upload<float>([1]), Throws.InstanceOf<DeviceLostException>());
                using var array = kept.Upload<float>([1]);
                Assert.That(array.ToArray(), Is.EqualTo(new[] { 1f }));
            }
        }
    }

    /// <summary>Every way into the runtime once; 16 where all went well.</summary>
    private static float Everything(GpuDevice device, GpuDevice other)
    {
        using var stream = device.CreateStream();
        using var array = device.Allocate<float>(1);
        array.Clear(stream);
        array.CopyFrom([1], stream: stream);
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch(); // in another stream, which waits
        using var mark = stream.Record();
        device.DefaultStream.WaitFor(mark);

        using var list = new LaunchList(device);
        var kernel = device.Load(Kernels.Scale).GetKernel("scale");
        for (var i = 0; i < 3; i++)
        {
            // As it is, captured, replayed.
            list.Clear();
            list.AddLaunch(
                kernel,
                new GpuGrid(1, 128),
                [array.Buffer.UseIn(stream, writes: true), BitConverter.SingleToUInt32Bits(2), 1]
            );
            list.Submit(stream);
        }

        device.Synchronize();
        using var there = array.To(other);
        var numbers = there.ToArray();
        return array.ToArrayAsync().GetAwaiter().GetResult()[0] == numbers[0] ? numbers[0] : float.NaN;
    }
}
