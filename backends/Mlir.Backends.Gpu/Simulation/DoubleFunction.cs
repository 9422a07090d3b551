using Mlir.Ptx;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>A kernel of the driver double.</summary>
internal sealed class DoubleFunction(DoubleDevice device, PtxKernel kernel)
{
    // What a launch may ask for without saying so first.
    private const int UsualSharedBytes = 48 << 10;

    public DoubleDevice Device => device;

    public PtxKernel Kernel => kernel;

    /// <summary>The dynamic shared memory that a launch may ask for.</summary>
    public int MaxDynamicSharedBytes { get; set; } = UsualSharedBytes;
}
