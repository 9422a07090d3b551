using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Turns <c>linalg.generic</c> on memrefs, copies, and what the host would write into memory itself, into <c>gpu.launch</c>: a thread computes a
/// few elements, a warp a row or a leaf of a reduction. Reductions follow <see cref="ReductionOrder"/>, so that the bits are the CPU's.
/// </summary>
/// <param name="Subgroups">Whether the lanes of a warp can take values from each other; without, a thread does what a warp would.</param>
[Pass("linalg-to-gpu")]
public sealed partial record LinalgToGpu(bool Subgroups = true) : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var copy in op.Walk().OfType<Dialects.MemRef.CopyOp>().ToList())
        {
            Generalize(copy);
            copy.Erase();
        }

        GeneralizeNamed.OnMemory(op);
        var generics = op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).ToList();
        var nests = generics.ConvertAll(g => new KernelNest(g, Subgroups));
        var unneeded = nests.SelectMany(n => n.Unneeded).ToHashSet();
        foreach (var nest in nests.Where(n => !unneeded.Contains(n.Op)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            nest.Emit();
        }

        generics.ForEach(g => g.Erase());

        foreach (var store in op.Walk().OfType<StoreOp>().Where(s => s.ParentOfType<LaunchOp>() is null).ToList())
        {
            Kernel.Launch(
                new Emitter(new OpBuilder(store), store.Location),
                Kernel.OneBlock,
                1,
                (e, _) => e.Store(store.Value, store.Memref, [.. store.Indices])
            );
            store.Erase();
        }
    }

    // copy %a, %b → generic {(d0, …) -> (d0, …)} ins(%a) outs(%b) { yield a }
    private static void Generalize(Dialects.MemRef.CopyOp copy)
    {
        var rank = ((MemRefType)copy.Target.Type).Rank;
        var map = AffineMap.Identity(rank);
        new Emitter(new OpBuilder(copy), copy.Location).Generic(
            [copy.Source],
            [copy.Target],
            [map, map],
            [.. Enumerable.Repeat(IteratorType.Parallel, rank)],
            (_, elements) => [elements[0]]
        );
    }
}
