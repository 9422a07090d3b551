using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;

namespace Mlir.Lowering;

/// <summary>
/// Turns <c>linalg.generic</c> on memrefs into loops: an <c>scf.parallel</c> over chunks, inside it <c>scf.for</c>, the innermost
/// contiguous one vectorised. Reductions follow <see cref="ReductionOrder"/>.
/// </summary>
/// <param name="VectorBits">The width of the target's vectors in bits; 0 for scalar loops (reductions keep their lanes).</param>
/// <param name="Parallel">Whether the outer loop may run on several threads.</param>
/// <param name="NonTemporalBytes">From how many bytes on, read and written by a loop, its results are written around the cache; 0 for never.</param>
/// <param name="Unroll">How many vectors of each result an elementwise loop computes in one step; 0 for what its length suggests.</param>
[Pass("linalg-to-loops")]
public sealed partial record LinalgToLoops(
    int VectorBits = 512,
    bool Parallel = true,
    long NonTemporalBytes = 16777216L,
    int Unroll = 0
) : Pass<FuncOp>
{
    /// <summary>Half of a usual last-level cache: that much of it serves one core when others work, too.</summary>
    public const long DefaultNonTemporalBytes = 16777216L;

    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        GeneralizeNamed.OnMemory(op);
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            new LoopNest(generic, this).Emit();
            generic.Erase();
        }
    }
}
