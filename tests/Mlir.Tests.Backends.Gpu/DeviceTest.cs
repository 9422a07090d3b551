using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>A test on devices of the driver double: whatever it does, everything must be given back in the end.</summary>
public abstract class DeviceTest
{
    private readonly List<IDisposable> _opened = [];
    private readonly List<DriverDouble> _doubles = [];

    /// <summary>A double of the driver.</summary>
    internal DriverDouble Driver(DriverDoubleOptions? options = null)
    {
        var made = new DriverDouble(options);
        _doubles.Add(made);
        return made;
    }

    /// <summary>A device of a double, which is disposed after the test.</summary>
    internal GpuDevice Device(DriverDouble driver, int ordinal = 0, GpuDeviceOptions? options = null)
    {
        var device = new GpuDevice(driver, ordinal, options);
        _opened.Add(device);
        return device;
    }

    /// <summary>A device of a double of its own.</summary>
    internal GpuDevice Device(GpuDeviceOptions? options = null) => Device(Driver(), 0, options);

    [TearDown]
    public void Nothing_is_left()
    {
        foreach (var device in Enumerable.Reverse(_opened))
        {
            device.Dispose();
        }

        var leaks = _doubles.ConvertAll(driver => driver.Leaks);
        _doubles.ForEach(driver => driver.Dispose());
        _opened.Clear();
        _doubles.Clear();
        Assert.That(leaks, Has.All.EqualTo(LeakCounts.None));
    }
}
