namespace Mlir.Backends.Gpu.Simulation;

/// <summary>An event of the driver double.</summary>
internal sealed class DoubleEvent(DoubleDevice device, bool timing)
{
    public DoubleDevice Device => device;

    /// <summary>Whether it keeps the time.</summary>
    public bool Timing => timing;

    /// <summary>The place where it was last recorded; null before the first time.</summary>
    public Completion? Place { get; set; }

    /// <summary>Whether it was last recorded in a stream that was being captured, where it never comes to pass.</summary>
    public bool IsCaptured { get; set; }
}
