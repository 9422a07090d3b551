using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Reads of one array near each other, and the part of the array that a block of threads needs for them.</summary>
/// <param name="Reads">The reads, whose subscripts differ by numbers only, and only along the two dimensions of the part.</param>
/// <param name="Down">The dimension of the part's rows; -1 where it is one row.</param>
/// <param name="Least">The smallest number in each subscript.</param>
/// <param name="Reach">How much further than the first element that a place needs, in each dimension, the last one lies.</param>
/// <param name="Taps">How many elements a place needs.</param>
internal sealed record StencilPiece(StencilRead[] Reads, int Down, long[] Least, long[] Reach, long Taps)
{
    /// <summary>The array.</summary>
    public Value Array => Reads[0].Array;

    /// <summary>The dimension of the part's columns.</summary>
    public int Across => Least.Length - 1;

    /// <summary>The type of the elements.</summary>
    public IrType Element => ((MemRefType)Array.Type).ElementType;

    /// <summary>How far a subscript goes with a step of a loop; 1 for the row of a part without rows.</summary>
    public long Step(int dimension, int loop) => dimension < 0 ? 1 : Reads[0].At[dimension].Steps[loop];

    /// <summary>How far the part reaches beyond its first element.</summary>
    public long ReachOf(int dimension) => dimension < 0 ? 0 : Reach[dimension];

    /// <summary>How many rows, or columns, so many places need.</summary>
    public long Extent(int dimension, int loop, long places) =>
        (Step(dimension, loop) * (places - 1)) + ReachOf(dimension) + 1;
}
