using System.Globalization;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

/// <summary>What a device is, or why there is none.</summary>
/// <param name="Id">The name by which it is chosen, for example <c>cuda:0</c>, <c>opencl:0</c>, <c>ptx</c>.</param>
/// <param name="Name">What its maker calls it; empty where there is none.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Multiprocessors">Its multiprocessors, or compute units.</param>
/// <param name="ComputeCapability">What its code may use, for NVIDIA's devices and the PTX machine; null for others.</param>
/// <param name="Reason">Why it cannot be used; null when it can.</param>
public sealed record GpuDeviceInfo(
    string Id,
    string Name,
    long MemoryBytes,
    int Multiprocessors,
    Version? ComputeCapability,
    string? Reason = null
)
{
    /// <summary>One that is not there.</summary>
    internal static GpuDeviceInfo Missing(string id, string reason) => new(id, "", 0, 0, null, reason);

    /// <summary>Whether it runs Hopper's <c>wgmma</c>, which no other processor has, older or newer.</summary>
    public bool HasWarpgroups => ComputeCapability is { Major: 9, Minor: 0 };

    /// <summary>How fast it is; null where the driver does not say.</summary>
    /// <remarks>
    /// Memory: clock × 2 edges × width of the bus. Operations: multiprocessors × lanes (128; 64 up to compute capability 8.0) × clock, one of each lane
    /// and cycle, divided by the ratio that the driver tells for 64 bits. Copies go through pinned memory that one thread fills: 8 GB/s is what that
    /// reaches, whatever the bus. A launch takes about 5 µs, a copy or a wait 10 µs.
    /// </remarks>
    public MachineFigures? Figures { get; init; }

    /// <summary>Asks a driver about a device. Never throws.</summary>
    internal static GpuDeviceInfo Read(IGpuDriver driver, int ordinal)
    {
        var id = IdOf(driver, ordinal);
        var result = driver.DeviceGet(out var device, ordinal);
        var name = "";
        var bytes = 0UL;
        if (result == DriverResult.Success)
        {
            result = driver.DeviceGetName(out name, device);
        }

        if (result == DriverResult.Success)
        {
            result = driver.DeviceTotalMem(out bytes, device);
        }

        var (units, major, minor) = (
            Ask(DeviceAttribute.MultiprocessorCount),
            Ask(DeviceAttribute.ComputeCapabilityMajor),
            Ask(DeviceAttribute.ComputeCapabilityMinor)
        );
        return result == DriverResult.InvalidDevice
                ? Missing(id, $"there is no device {ordinal.ToString(CultureInfo.InvariantCulture)}")
            : result != DriverResult.Success ? Missing(id, $"the driver does not describe it ({driver.NameOf(result)})")
            : new GpuDeviceInfo(id, name, (long)bytes, units, major == 0 ? null : new Version(major, minor))
            {
                Figures = FiguresOf(
                    units * (major * 10 + minor <= 80 ? 64.0 : 128.0),
                    Ask(DeviceAttribute.ClockRate) * 1e3,
                    Ask(DeviceAttribute.MemoryClockRate) * 1e3 * 2 * Ask(DeviceAttribute.MemoryBusWidth) / 8,
                    Ask(DeviceAttribute.SingleToDoubleRatio)
                ),
            };

        int Ask(DeviceAttribute attribute)
        {
            var value = 0;
            if (result == DriverResult.Success)
            {
                result = driver.DeviceGetAttribute(out value, attribute, device);
            }

            return value;
        }
    }

    private static MachineFigures? FiguresOf(double lanes, double clock, double bytesPerSecond, int ratio) =>
        lanes * clock * bytesPerSecond == 0
            ? null
            : new MachineFigures(
                bytesPerSecond,
                loop => lanes * clock / (loop.WidestBits > 32 ? Math.Max(1, ratio) : 1),
                PerLoop: TimeSpan.FromMicroseconds(5),
                CopiedBytesPerSecond: 8e9,
                PerCopy: TimeSpan.FromMicroseconds(10)
            );

    private static string IdOf(IGpuDriver driver, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{driver.Kind}:{ordinal}");
}
