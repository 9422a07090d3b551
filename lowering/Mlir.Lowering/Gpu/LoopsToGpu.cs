using Mlir.Dialects.Func;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Turns loops over single elements into <c>gpu.launch</c>: a thread for each iteration that shares nothing with the others, one thread for a loop
/// whose iterations follow each other. Loops around whole arrays stay with the host.
/// </summary>
/// <example><code>
/// scf.parallel (%i) = … { scf.for %j … iter_args(%s) { %t = addf %s, (load %x[%i, %j]); store %t, %y[%i, %j]; scf.yield %t } }
/// → gpu.launch { scf.for %i = thread … { scf.for %j … } }
/// </code></example>
[Pass("loops-to-gpu")]
public sealed partial record LoopsToGpu : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var block in op.Body.Blocks)
        {
            Convert(block, context);
        }
    }

    private static void Convert(Block block, PassContext context)
    {
        foreach (var op in block.Operations.ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (op is not (ForOp or WhileOp or ParallelOp or IfOp) || new LoopKernel(op).TryEmit())
            {
                continue;
            }

            foreach (var inner in op.Regions.SelectMany(r => r.Blocks))
            {
                Convert(inner, context);
            }
        }
    }
}
