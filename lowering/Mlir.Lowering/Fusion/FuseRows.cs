using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Runs neighbouring <c>linalg.generic</c> operations on memrefs that need each other's results only row by row in one outer loop over the
/// rows: softmax, layer normalisation and the like then go once over memory, and what lies between their steps is one row in the cache.
/// </summary>
/// <param name="Parallel">Whether the loop over the rows may run on several threads.</param>
/// <example><code>
/// generic outs(%m : memref&lt;?xf32>) { max of each row of %x };  generic ins(%x, %m) outs(%e) { exp(x - m) };  generic ins(%e) outs(%s) { sum of each row }
/// →
/// scf.parallel chunks { %m = alloc; %e = alloc; scf.for %r { %row = subview %x[%r, 0]; generic … ; generic … ; generic … } }
/// </code></example>
[Pass("fuse-rows")]
public sealed partial record FuseRows(bool Parallel = true) : Pass<FuncOp>
{
    /// <summary>On a <c>linalg.generic</c> inside a loop over rows: it stays on its thread, and its reduction is one leaf.</summary>
    public const string RowAttribute = "mlir.row";

    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        var blocks = new HashSet<Block>(ReferenceEqualityComparer.Instance);
        foreach (var generic in op.Walk().OfType<GenericOp>())
        {
            // Inside a parallel loop the threads are busy, and a tile is in the cache already.
            if (generic.ParentOfType<ParallelOp>() is null)
            {
                blocks.Add(generic.Block!);
            }
        }

        foreach (var block in blocks)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            foreach (var group in RowGroup.FindAll(block))
            {
                new RowLoop(group).Emit(Parallel);
            }
        }
    }
}
