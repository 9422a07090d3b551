namespace Mlir.Backends.Gpu.Simulation;

/// <summary>One thing that a stream does in its turn.</summary>
/// <param name="run">What it does.</param>
/// <param name="always">Whether it is done also after the device was lost: only what others wait for.</param>
internal sealed class StreamWork(Action run, bool always = false)
{
    /// <summary>Whether it is done also after the device was lost.</summary>
    public bool Always => always;

    public void Run() => run();
}
