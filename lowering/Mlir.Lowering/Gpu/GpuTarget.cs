namespace Mlir.Lowering.Gpu;

/// <summary>What kernels are compiled to.</summary>
public enum GpuTarget
{
    /// <summary>PTX, for NVIDIA's processors.</summary>
    Ptx,

    /// <summary>SPIR-V with OpenCL's kernels.</summary>
    Spirv,
}
