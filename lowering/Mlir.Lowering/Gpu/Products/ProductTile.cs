namespace Mlir.Lowering.Gpu;

/// <summary>How a block shares a product.</summary>
/// <param name="Rows">The rows of the result that a block computes.</param>
/// <param name="Columns">Their columns.</param>
/// <param name="Depth">How many products of each sum lie in shared memory at a time.</param>
/// <param name="Stages">How many such pieces are there at once: one is multiplied, the others are on their way.</param>
/// <param name="Threads">The threads of a block.</param>
internal sealed record ProductTile(int Rows, int Columns, int Depth, int Stages, int Threads);
