using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;

namespace Mlir.Lowering;

/// <summary>
/// Turns matrix products on memrefs into loops over register tiles: blocks for the caches, packed panels of the right factor, and
/// straight-line multiply-adds on accumulators that stay in registers. What prepares or follows the output elementwise is done on tiles,
/// so that the output is written once.
/// </summary>
/// <remarks>
/// Each sum goes on from the output's initial value and adds its products in the order of the reduced loops, each rounded once with its
/// sum (<c>math.fma</c>): blocks and threads change nothing. Without vectors only the body is rewritten so that plain loops do the same.
/// </remarks>
/// <param name="VectorBits">The width of the target's vectors in bits; 0 for none.</param>
/// <param name="Parallel">Whether blocks may run on several threads.</param>
/// <param name="SecondCacheBytes">The size of the cache that one core has for itself.</param>
/// <param name="Pieces">Into how many pieces, where it can, a large product is cut for threads.</param>
/// <example><code>
/// %c = linalg.matmul ins(%a, %b) outs(%zero);  %r = generic ins(%c, %bias) { yield maximumf(%c + %bias, 0) }
/// →
/// for blocks { for tiles { %acc = for k { vector.fma … };  vector.store maximumf(%acc + %bias, 0), %r } }
/// </code></example>
[Pass("tile-contractions")]
public sealed partial record TileContractions(
    int VectorBits = 512,
    bool Parallel = true,
    long SecondCacheBytes = 1048576L,
    int Pieces = 8
) : Pass<FuncOp>
{
    /// <summary>The number of pieces where the number of threads is not known: four for each of two.</summary>
    public const int UsualPieces = 8;

    /// <summary>The size of a core's own cache where nobody knows better.</summary>
    public const long UsualSecondCacheBytes = 1048576L;

    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        GeneralizeNamed.OnMemory(op);
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            // One that was fused with a contraction before it is gone.
            if (generic.Block is null || Contraction.Find(generic) is not { } contraction)
            {
                continue;
            }

            contraction.RoundOnce();
            if (VectorBits > 0 && ContractionNest.Supports(contraction))
            {
                new ContractionNest(contraction, this).Emit();
            }
        }
    }
}
