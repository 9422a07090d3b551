using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Makes one kernel of neighbouring <c>linalg.generic</c> operations on memrefs that need each other's results only row by row, and of which one at
/// least reduces rows: softmax, layer normalisation and the like then read each element once, and what lies between their steps never is in memory.
/// </summary>
/// <param name="Subgroups">Whether the lanes of a warp can take values from each other; without, nothing changes.</param>
/// <param name="MaxBlocks">More blocks than this are not launched: they go on with what is left.</param>
[Pass("rows-to-gpu")]
public sealed partial record RowsToGpu(bool Subgroups = true, int MaxBlocks = Kernel.MaxBlocks) : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        if (!Subgroups)
        {
            return;
        }

        foreach (var block in op.Walk().OfType<GenericOp>().Select(g => g.Block!).Distinct().ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            foreach (var group in RowGroup.FindAll(block, g => g.Outer == 0 || RowPlan.Find(g) is not null))
            {
                if (RowPlan.Find(group) is { } plan && plan.Members.Exists(m => m.Combiners.Length > 0))
                {
                    new RowKernel(group, plan).Emit(MaxBlocks);
                }
            }
        }
    }
}
