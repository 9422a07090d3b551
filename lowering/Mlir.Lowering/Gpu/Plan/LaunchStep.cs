using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>Launches a kernel, unless the grid has no blocks. A kernel that can fail gets the status word as one more argument.</summary>
/// <param name="Kernel">Its number in <see cref="GpuProgram.Kernels"/>.</param>
/// <param name="Blocks">The slot with the number of blocks; all are along x.</param>
/// <param name="Arguments">Buffers and slots, in the order of the kernel's parameters.</param>
/// <param name="SharedBytes">The slot with the bytes that a block's threads share on top of what the kernel declares; −1 for none.</param>
public sealed record LaunchStep(int Kernel, int Blocks, ImmutableArray<PlanArgument> Arguments, int SharedBytes = -1)
    : PlanStep;
