namespace Mlir.Backends.Gpu.Interop;

/// <summary>Starts a driver and says whether it will do.</summary>
internal static class DriverCheck
{
    /// <summary>Why nothing can be run through this driver; null when something can. Never throws.</summary>
    public static string? WhyUnusable(IGpuDriver driver)
    {
        var result = driver.Init();
        if (result == DriverResult.NoDevice)
        {
            return $"the {driver.Kind} driver is installed and finds no device ({driver.NameOf(result)})";
        }

        if (result != DriverResult.Success)
        {
            return $"the {driver.Kind} driver does not start: {driver.NameOf(result)}";
        }

        result = driver.DriverGetVersion(out var version);
        if (result == DriverResult.Success && version < driver.OldestVersion)
        {
            return $"the {driver.Kind} driver is too old: it is version {Text(version)} and {Text(driver.OldestVersion)} is needed; update the driver";
        }

        result = driver.DeviceGetCount(out var count);
        return result != DriverResult.Success
                ? $"the {driver.Kind} driver does not say what devices there are: {driver.NameOf(result)}"
            : count == 0 ? $"the {driver.Kind} driver is installed and finds no device"
            : null;
    }

    private static string Text(int version) => $"{version / 1000}.{version % 1000 / 10}";
}
