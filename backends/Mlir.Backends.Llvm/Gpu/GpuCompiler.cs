using Mlir.Dialects.Builtin;
using Mlir.Dialects.Gpu;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Llvm.Gpu;

/// <summary>Kernels in the <c>llvm</c> dialect → PTX or SPIR-V.</summary>
/// <remarks>The input is what <see cref="GpuLowering"/> makes: functions of the host, and a <c>gpu.module</c> of kernels.</remarks>
public static class GpuCompiler
{
    /// <summary>The processors that PTX is made for: this one and all newer ones, whose driver compiles the PTX further.</summary>
    public static LlvmTarget PtxTarget { get; } = new("nvptx64-nvidia-cuda", "sm_80", "+ptx70");

    /// <summary>The version of SPIR-V that OpenCL's devices have read for longest.</summary>
    public static LlvmTarget SpirvTarget { get; } = new("spirv64v1.2-unknown-unknown");

    /// <summary>The pipeline whose result <see cref="Compile"/> takes.</summary>
    public static PassPipeline PtxPipeline { get; } = GpuLowering.PipelineFor(GpuTarget.Ptx);

    /// <summary>What a runtime needs to run a module on an NVIDIA GPU: the kernels as PTX, and what the host does.</summary>
    /// <param name="lowered">The module, after <see cref="PtxPipeline"/>.</param>
    /// <exception cref="DiagnosticException">A kernel or the host does what it cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static (string Ptx, GpuProgram Program) Compile(LoweredModule lowered)
    {
        ArgumentNullException.ThrowIfNull(lowered);
        return (ToPtx(lowered.Module), LaunchPlanner.Plan(lowered.Module));
    }

    /// <summary>The PTX of a lowered module's kernels; empty where there are none.</summary>
    /// <param name="module">The module, lowered for <see cref="GpuTarget.Ptx"/>.</param>
    /// <exception cref="DiagnosticException">A kernel does what the GPU cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static string ToPtx(ModuleOp module) =>
        Kernels(module) is { } kernels ? LlvmJit.EmitAssembly(kernels, For(PtxTarget)) : "";

    /// <summary>The SPIR-V of a lowered module's kernels, as text; empty where there are none.</summary>
    /// <param name="module">The module, lowered for <see cref="GpuTarget.Spirv"/>.</param>
    /// <exception cref="DiagnosticException">A kernel does what the GPU cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static string ToSpirvText(ModuleOp module) =>
        Kernels(module) is { } kernels ? LlvmJit.EmitAssembly(kernels, For(SpirvTarget)) : "";

    /// <summary>The SPIR-V of a lowered module's kernels, as OpenCL's devices load it; empty where there are none.</summary>
    /// <param name="module">The module, lowered for <see cref="GpuTarget.Spirv"/>.</param>
    /// <exception cref="DiagnosticException">A kernel does what the GPU cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static byte[] ToSpirv(ModuleOp module) =>
        Kernels(module) is { } kernels ? LlvmJit.EmitObject(kernels, For(SpirvTarget)) : [];

    private static LlvmOptions For(LlvmTarget target) => new() { Target = target, Passes = "default<O2>" };

    private static GPUModuleOp? Kernels(ModuleOp module) =>
        module.Body.Operations.OfType<GPUModuleOp>().FirstOrDefault();
}
