using Mlir.Dialects.Builtin;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Llvm;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Llvm.Gpu;

/// <summary>Kernels in the <c>llvm</c> dialect → PTX or SPIR-V.</summary>
/// <remarks>The input is what <see cref="GpuLowering"/> makes: functions of the host, and a <c>gpu.module</c> of kernels.</remarks>
public static class GpuCompiler
{
    /// <summary>
    /// The passes for kernels, which the lowering has unrolled and vectorised and the driver's compiler goes through again. Measured on five kernels
    /// (LLVM 22, Zen 4): 17 ms against 28 for <c>default&lt;O2&gt;</c> on a chain of elementary functions in 64 bits, 24 against 39 on a product of
    /// matrices, with the same accesses and, but for a line or two, the same text.
    /// </summary>
    private const string KernelPasses =
        "cgscc(inline),"
        + "function(sroa,early-cse<memssa>,simplifycfg,"
        + "loop-mssa(loop-rotate,licm)," // addresses and constants out of the loops
        + "instcombine<no-verify-fixpoint>,"
        + "infer-alignment," // what parameters promise reaches the accesses: sixteen bytes at once
        + "simplifycfg)";

    // What makes a module small and leaves no calls in it; the driver's compiler optimises once more. Not what counts and combines: that makes integers
    // of odd widths, which LLVM's writer of SPIR-V widens wrongly, and calls of functions on f16, which OpenCL need not have.
    private const string SpirvPasses =
        "cgscc(inline),function(sroa,early-cse<memssa>,simplifycfg,loop-mssa(loop-rotate,licm),early-cse<memssa>,dce,simplifycfg)";

    /// <summary>The processors that PTX is made for: this one and all newer ones, whose driver compiles the PTX further.</summary>
    public static LlvmTarget PtxTarget { get; } = new("nvptx64-nvidia-cuda", "sm_80", "+ptx70");

    /// <summary>The processor that <c>wgmma</c> is made for, and no other one.</summary>
    public static LlvmTarget HopperTarget { get; } = new("nvptx64-nvidia-cuda", "sm_90a", "+ptx80");

    /// <summary>The version of SPIR-V that OpenCL's devices have read for longest.</summary>
    public static LlvmTarget SpirvTarget { get; } = new("spirv64v1.2-unknown-unknown");

    /// <summary>How PTX is made.</summary>
    public static LlvmOptions PtxOptions { get; } = new() { Target = PtxTarget, Passes = KernelPasses };

    /// <summary>How PTX with <c>wgmma</c> is made.</summary>
    public static LlvmOptions HopperOptions { get; } = PtxOptions with { Target = HopperTarget };

    /// <summary>How SPIR-V is made.</summary>
    public static LlvmOptions SpirvOptions { get; } = new() { Target = SpirvTarget, Passes = SpirvPasses };

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
        Kernels(module) is { } kernels
            ? LlvmJit.EmitAssembly(kernels, UsesWarpgroups(module, kernels) ? HopperOptions : PtxOptions)
            : "";

    /// <summary>The SPIR-V of a lowered module's kernels, as text; empty where there are none.</summary>
    /// <param name="module">The module, lowered for <see cref="GpuTarget.Spirv"/>.</param>
    /// <exception cref="DiagnosticException">A kernel does what the GPU cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static string ToSpirvText(ModuleOp module) =>
        Kernels(module) is { } kernels ? SpirvWriter.ToText(kernels, SpirvOptions) : "";

    /// <summary>The SPIR-V of a lowered module's kernels, as OpenCL's devices load it; empty where there are none.</summary>
    /// <param name="module">The module, lowered for <see cref="GpuTarget.Spirv"/>.</param>
    /// <exception cref="DiagnosticException">A kernel does what the GPU cannot.</exception>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static byte[] ToSpirv(ModuleOp module) =>
        Kernels(module) is { } kernels ? SpirvWriter.Write(kernels, SpirvOptions) : [];

    // Assembly is what those products are written in, and nothing else is.
    private static bool UsesWarpgroups(ModuleOp module, GPUModuleOp kernels) =>
        module.Discardable[ProductsToGpu.WarpgroupsAttribute] is not null
        && kernels.Walk().Any(op => op is InlineAsmOp);

    private static GPUModuleOp? Kernels(ModuleOp module) =>
        module.Body.Operations.OfType<GPUModuleOp>().FirstOrDefault();
}
