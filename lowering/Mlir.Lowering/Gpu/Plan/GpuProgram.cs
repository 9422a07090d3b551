using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>What the host does to run the functions of a module on a GPU: plain data, which a runtime executes.</summary>
/// <param name="Functions">One plan for each public function.</param>
/// <param name="Kernels">The kernels that the plans launch.</param>
public sealed record GpuProgram(ImmutableArray<LaunchPlan> Functions, ImmutableArray<KernelInfo> Kernels);
