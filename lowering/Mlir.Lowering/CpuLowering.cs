namespace Mlir.Lowering;

/// <summary>The way of a module from tensors to loops, as a processor wants it.</summary>
public static class CpuLowering
{
    /// <summary>From the tensor level to structured loops over memory, with vectors of 512 bits.</summary>
    public static PassPipeline Loops { get; } = LoopsFor(512);

    /// <summary>From the tensor level to the <c>llvm</c> dialect, with vectors of 512 bits.</summary>
    public static PassPipeline Llvm { get; } = LlvmFor(512);

    /// <summary>
    /// From the tensor level to plain loops on one thread: the same expansions and the same order of reductions, so that whoever runs
    /// these gives the same bits.
    /// </summary>
    public static PassPipeline PlainLoops { get; } = LoopsFor(0, parallel: false);

    /// <summary>From the tensor level to structured loops over memory.</summary>
    /// <param name="vectorBits">The width of the target's vectors in bits; 0 for none.</param>
    /// <param name="parallel">Whether loops may be shared by threads.</param>
    /// <param name="nonTemporalBytes">From how many bytes on, read and written by a loop, its results are written around the cache.</param>
    /// <param name="secondCacheBytes">The size of the cache that one core has for itself.</param>
    /// <param name="pieces">Into how many pieces a large product is cut for threads.</param>
    public static PassPipeline LoopsFor(
        int vectorBits,
        bool parallel = true,
        long nonTemporalBytes = LinalgToLoops.DefaultNonTemporalBytes,
        long secondCacheBytes = TileContractions.UsualSecondCacheBytes,
        int pieces = TileContractions.UsualPieces
    ) =>
        [
            .. TensorLowering.Fused(mixedLanes: true),
            new Bufferize(parallel),
            new InterchangeReductions(), // before anything asks which loop is the last one
            new TileContractions(vectorBits, parallel, secondCacheBytes, pieces), // before loops: a product needs more than one nest
            new FuseRows(parallel), // before loops: what remains of each operation is a row
            new FuseIntoReductions(), // after rows, which bring operations on one row side by side
            new CollapseLoops(), // after rows: those that stay alone need none
            new LinalgToLoops(vectorBits, parallel, nonTemporalBytes),
            new CheckLevel(IrLevel.Loops), // here at the latest a tensor that has no form on memory is named
            new Canonicalize(), // loops of known length, sizes of allocations
            new Cse(), // subscripts and vector constants of neighbouring loops
            new ReuseLoopBuffers(), // after the loops: sizes are known as they will be
            new OutlineParallel(), // last: bodies move with everything that was simplified in them
        ];

    /// <summary>From the tensor level to the <c>llvm</c> dialect.</summary>
    /// <param name="vectorBits">The width of the target's vectors in bits; 0 for none.</param>
    /// <param name="parallel">Whether loops may be shared by threads.</param>
    /// <param name="nonTemporalBytes">From how many bytes on, read and written by a loop, its results are written around the cache.</param>
    /// <param name="secondCacheBytes">The size of the cache that one core has for itself.</param>
    /// <param name="pieces">Into how many pieces a large product is cut for threads.</param>
    public static PassPipeline LlvmFor(
        int vectorBits,
        bool parallel = true,
        long nonTemporalBytes = LinalgToLoops.DefaultNonTemporalBytes,
        long secondCacheBytes = TileContractions.UsualSecondCacheBytes,
        int pieces = TileContractions.UsualPieces
    ) =>
        [
            .. LoopsFor(vectorBits, parallel, nonTemporalBytes, secondCacheBytes, pieces),
            new ExpandCopies(), // copies of arrays are loops of their own
            new ScfToCf(), // the llvm dialect knows blocks only
            new ConvertToLlvm(), // all functions at once: calls pass arrays in pieces
        ];
}
