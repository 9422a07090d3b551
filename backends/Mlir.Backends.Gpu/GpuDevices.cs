using System.Collections.Immutable;
using System.Globalization;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Backends.Gpu;

/// <summary>The devices of this machine, what is missing, and why.</summary>
public static class GpuDevices
{
    /// <summary>The name of the PTX machine, which is there everywhere: it runs the code of NVIDIA's devices, slowly and with every check.</summary>
    public const string PtxMachine = "ptx";

    /// <summary>The name of the first OpenCL device.</summary>
    public const string OpenCl = "opencl";

    /// <summary>The drivers, in the order in which they are preferred.</summary>
    private static readonly ImmutableArray<DriverLoader> Drivers = [CudaDriver.Loader, OpenClDriver.Loader];

    /// <summary>Every device that there is, and one line for each kind of which there is none. Never throws.</summary>
    public static ImmutableArray<GpuDeviceInfo> List()
    {
        var devices = ImmutableArray.CreateBuilder<GpuDeviceInfo>();
        foreach (var loader in Drivers)
        {
            var (driver, reason) = loader.Open();
            if (driver is null || driver.DeviceGetCount(out var count) != DriverResult.Success)
            {
                devices.Add(GpuDeviceInfo.Missing(loader.Kind, reason));
                continue;
            }

            for (var ordinal = 0; ordinal < count; ordinal++)
            {
                devices.Add(GpuDeviceInfo.Read(driver, ordinal));
            }
        }

        devices.Add(DescribeMachine());
        return devices.ToImmutable();
    }

    /// <summary>Why a device cannot be used; null when it can. Never throws, and opens nothing.</summary>
    /// <param name="id">Its name, as in <see cref="Open"/>.</param>
    public static string? WhyUnavailable(string id) => Describe(id).Reason;

    /// <summary>What a device is, or why it cannot be used. Never throws, and opens nothing.</summary>
    /// <param name="id">Its name, as in <see cref="Open"/>.</param>
    public static GpuDeviceInfo Describe(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        try
        {
            var (driver, ordinal) = Find(id);
            return driver is null ? DescribeMachine() : GpuDeviceInfo.Read(driver, ordinal);
        }
        catch (DeviceUnavailableException missing)
        {
            return GpuDeviceInfo.Missing(id, missing.Reason);
        }
    }

    /// <summary>Opens a device.</summary>
    /// <param name="id">Its name: a kind and a number as in <c>cuda:0</c>, a kind for its first device, or <see cref="PtxMachine"/>.</param>
    /// <param name="options">How it is used; null for <see cref="GpuDeviceOptions.Default"/>.</param>
    /// <exception cref="DeviceUnavailableException">There is no such device, or it cannot be used; the message says why.</exception>
    public static GpuDevice Open(string id, GpuDeviceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        var (driver, ordinal) = Find(id);
        return driver is null ? OpenMachine(options) : new GpuDevice(driver, ordinal, options);
    }

    /// <summary>The driver and the number of the device of a name; no driver for the PTX machine.</summary>
    private static (IGpuDriver? Driver, int Ordinal) Find(string id)
    {
        var colon = id.IndexOf(':');
        var kind = colon < 0 ? id : id[..colon];
        var ordinal = 0;
        if (
            colon >= 0
            && !int.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ordinal)
        )
        {
            throw new DeviceUnavailableException(id, $"'{id[(colon + 1)..]}' is not the number of a device");
        }

        if (kind == PtxMachine)
        {
            return ordinal == 0 ? (null, 0) : throw new DeviceUnavailableException(id, "there is one PTX machine");
        }

        if (Drivers.FirstOrDefault(loader => loader.Kind == kind) is { } found)
        {
            var (driver, reason) = found.Open();
            return (driver ?? throw new DeviceUnavailableException(id, reason), ordinal);
        }

        throw new DeviceUnavailableException(
            id,
            $"there is no such kind of device; there are {string.Join(", ", Drivers.Select(static loader => loader.Kind))} and {PtxMachine}"
        );
    }

    /// <summary>The PTX machine runs what Hopper's processors run.</summary>
    private static DriverDoubleOptions Machine { get; } = new(Capability: 90);

    private static GpuDeviceInfo DescribeMachine()
    {
        using var machine = new DriverDouble(Machine);
        return GpuDeviceInfo.Read(machine, 0) with { Id = PtxMachine };
    }

    private static GpuDevice OpenMachine(GpuDeviceOptions? options)
    {
        var machine = new DriverDouble(Machine);
        try
        {
            return new GpuDevice(machine, 0, options, machine);
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }
}
