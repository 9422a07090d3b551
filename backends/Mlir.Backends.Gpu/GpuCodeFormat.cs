namespace Mlir.Backends.Gpu;

/// <summary>The form in which a device takes code.</summary>
public enum GpuCodeFormat
{
    /// <summary>PTX text, which NVIDIA's driver and the PTX machine compile.</summary>
    Ptx,

    /// <summary>A SPIR-V module with kernels, for OpenCL.</summary>
    SpirV,
}
