namespace Mlir.Backends.Gpu;

/// <summary>
/// A device was lost: a kernel on it failed, or the hardware did. Everything that was under way on it has failed, its arrays are gone, and
/// nothing more can be done with it; other devices go on.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="reason">What happened to it.</param>
public sealed class DeviceLostException(string device, string reason)
    : GpuException($"{device} was lost: {reason}. Its arrays are gone; open the device anew to go on.", device)
{
    /// <summary>What happened to it.</summary>
    public string Reason => reason;
}
