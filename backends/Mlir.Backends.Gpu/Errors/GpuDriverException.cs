namespace Mlir.Backends.Gpu;

/// <summary>A driver refused a call; the device goes on.</summary>
/// <param name="device">The device.</param>
/// <param name="call">What was asked of the driver.</param>
/// <param name="result">What it answered.</param>
public sealed class GpuDriverException(string device, string call, string result)
    : GpuException($"{device}: {call} returned {result}.", device)
{
    /// <summary>What the driver answered.</summary>
    public string Result => result;
}
