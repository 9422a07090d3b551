using Mlir.Ptx;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>Code that was loaded onto a device of the driver double.</summary>
internal sealed record DoubleModule(DoubleDevice Device, PtxModule Code)
{
    /// <summary>The handles of its kernels.</summary>
    public List<nint> Functions { get; } = [];
}
