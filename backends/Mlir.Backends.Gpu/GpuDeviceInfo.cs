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

    /// <summary>Asks a driver about a device. Never throws.</summary>
    internal static GpuDeviceInfo Read(IGpuDriver driver, int ordinal)
    {
        var id = IdOf(driver, ordinal);
        var result = driver.DeviceGet(out var device, ordinal);
        var name = "";
        var bytes = 0UL;
        int units = 0,
            major = 0,
            minor = 0;
        if (result == DriverResult.Success)
        {
            result = driver.DeviceGetName(out name, device);
        }

        if (result == DriverResult.Success)
        {
            result = driver.DeviceTotalMem(out bytes, device);
        }

        foreach (
            var attribute in (ReadOnlySpan<DeviceAttribute>)
                [
                    DeviceAttribute.MultiprocessorCount,
                    DeviceAttribute.ComputeCapabilityMajor,
                    DeviceAttribute.ComputeCapabilityMinor,
                ]
        )
        {
            if (result != DriverResult.Success)
            {
                break;
            }

            result = driver.DeviceGetAttribute(out var value, attribute, device);
            _ = attribute switch
            {
                DeviceAttribute.MultiprocessorCount => units = value,
                DeviceAttribute.ComputeCapabilityMajor => major = value,
                _ => minor = value,
            };
        }

        return result == DriverResult.InvalidDevice
                ? Missing(id, $"there is no device {ordinal.ToString(CultureInfo.InvariantCulture)}")
            : result != DriverResult.Success ? Missing(id, $"the driver does not describe it ({driver.NameOf(result)})")
            : new GpuDeviceInfo(id, name, (long)bytes, units, major == 0 ? null : new Version(major, minor));
    }

    private static string IdOf(IGpuDriver driver, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{driver.Kind}:{ordinal}");
}
