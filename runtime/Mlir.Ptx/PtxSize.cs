using System.Globalization;

namespace Mlir.Ptx;

/// <summary>The extent of a grid or a block, or a place in it.</summary>
/// <param name="X">Along the first dimension, in which neighbours lie next to each other.</param>
/// <param name="Y">Along the second dimension.</param>
/// <param name="Z">Along the third dimension.</param>
public readonly record struct PtxSize(int X, int Y = 1, int Z = 1)
{
    /// <summary>A size along the first dimension.</summary>
    public static implicit operator PtxSize(int x) => new(x);

    /// <summary>How many there are.</summary>
    public long Count => (long)X * Y * Z;

    /// <summary>The place of the index-th, when they are counted along the first dimension first.</summary>
    public PtxSize At(long index) => new((int)(index % X), (int)(index / X % Y), (int)(index / X / Y));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X},{Y},{Z})");
}
