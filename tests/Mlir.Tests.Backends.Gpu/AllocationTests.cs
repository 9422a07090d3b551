using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Simulation;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Launching allocates nothing on the managed heap.</summary>
public sealed class AllocationTests : DeviceTest
{
    private const int Launches = 1000;

    [Test]
    public void A_prepared_launch_allocates_nothing()
    {
        var device = Device(Driver(new DriverDoubleOptions(Launches: LaunchMode.Skip)));
        using var array = device.Allocate<float>(1000);
        using var launch = Kernels.PrepareScale(array, 2);
        Assert.That(AllocatedBy(() => launch.Set(1, 3f).Launch()), Is.Zero);
        Assert.That(device.Statistics.Launches, Is.EqualTo(2 * Launches));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_list_that_repeats_allocates_nothing(bool isReplayed)
    {
        var device = Device(Driver(new DriverDoubleOptions(Launches: LaunchMode.Skip)));
        using var array = device.Allocate<float>(1000);
        var kernel = device.Load(Kernels.Scale).GetKernel("scale");
        var address = array.Buffer.Address;
        using var list = new LaunchList(device) { MayReplay = isReplayed };
        Assert.That(
            AllocatedBy(() =>
            {
                list.Clear();
                list.AddLaunch(kernel, new GpuGrid(8, 128), [address, 0, 1000]);
                list.AddLaunch(kernel, new GpuGrid(8, 128), [address, 1, 1000]);
                list.Submit(device.DefaultStream);
            }),
            Is.Zero
        );
        Assert.That(device.Statistics.GraphLaunches, isReplayed ? Is.EqualTo(2 * Launches - 1) : Is.Zero);
    }

    private static long AllocatedBy(Action run)
    {
        for (var i = 0; i < Launches; i++)
        {
            run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Launches; i++)
        {
            run();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
