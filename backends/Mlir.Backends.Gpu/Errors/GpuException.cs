namespace Mlir.Backends.Gpu;

/// <summary>Something on a device went wrong; the derived types say what.</summary>
/// <param name="message">What went wrong, where, and what to do.</param>
/// <param name="device">The device, for example <c>cuda:0</c>.</param>
public abstract class GpuException(string message, string device) : Exception(message)
{
    /// <summary>The device, for example <c>cuda:0</c>.</summary>
    public string Device => device;
}
