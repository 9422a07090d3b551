namespace Mlir.Backends.Gpu.Simulation;

/// <summary>What the driver double does with a launch.</summary>
internal enum LaunchMode
{
    /// <summary>The PTX machine runs the kernel.</summary>
    Run,

    /// <summary>It is checked and counted, and nothing runs: what is left is the cost of launching.</summary>
    Skip,
}
