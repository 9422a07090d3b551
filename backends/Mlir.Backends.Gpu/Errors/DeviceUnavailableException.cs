namespace Mlir.Backends.Gpu;

/// <summary>The device that was asked for cannot be used on this machine.</summary>
/// <param name="device">The device, as it was asked for.</param>
/// <param name="reason">Why: no library, no device, too old a driver, …</param>
public sealed class DeviceUnavailableException(string device, string reason)
    : GpuException($"The device '{device}' cannot be used: {reason}.", device)
{
    /// <summary>Why: no library, no device, too old a driver, …</summary>
    public string Reason => reason;
}
