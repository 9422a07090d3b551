using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>How a contraction is cut for registers and caches.</summary>
/// <param name="Lanes">The elements of one vector.</param>
/// <param name="Vectors">The vectors of one register tile along the columns.</param>
/// <param name="Rows">The rows of one register tile.</param>
/// <param name="Depth">The most products that a register tile sums before it stores: the depth of a packed panel.</param>
/// <param name="BlockColumns">The columns whose panels stay in the second cache while rows pass by.</param>
internal sealed record TileSizes(int Lanes, int Vectors, int Rows, long Depth, long BlockColumns)
{
    // Up to here a dimension is short: rows that are left over would cost more than tiles of a size that divides it.
    private const long ShortRows = 64;

    /// <summary>The columns of one register tile.</summary>
    public int Columns => Lanes * Vectors;

    /// <summary>Sizes for an element type.</summary>
    /// <param name="element">The type of the sums.</param>
    /// <param name="options">The target's vectors and caches.</param>
    /// <param name="rows">The rows of the result, when known.</param>
    /// <param name="columns">The columns of the result, when known.</param>
    public static TileSizes For(IrType element, TileContractions options, long? rows, long? columns)
    {
        var bytes = DenseElementsAttr.ElementSize(element);
        var lanes = options.VectorBits / 8 / bytes;
        while (columns <= lanes / 2 && lanes > 2)
        {
            lanes /= 2; // a vector no wider than the matrix
        }

        // 32 registers hold the sums of 5 rows of 4 vectors, 4 vectors of the right factor and what is on its way; 6 rows spill.
        var (most, registers, tallest) = options.VectorBits >= 512 ? (4, 20, 8) : (2, 12, 6);
        var vectors = (int)Math.Min(most, columns is { } n ? Math.Max(1, (n + lanes - 1) / lanes) : most);
        var width = lanes * vectors;

        // Two panels in half of the second cache, the other half for rows and results that pass through. Deep panels are better than
        // many columns: sums that are stored half done come back from the last cache.
        var depth = Math.Clamp(options.SecondCacheBytes / 4 / (width * bytes), 128, 1024);
        return new TileSizes(
            lanes,
            vectors,
            RowsFor(rows, Math.Min(registers / vectors, tallest)),
            depth,
            Math.Max(1, options.SecondCacheBytes / 2 / (depth * bytes) / width) * width
        );
    }

    /// <summary>The rows of a tile: as many as registers allow, fewer where that makes all tiles equal.</summary>
    private static int RowsFor(long? rows, int most)
    {
        if (rows is not ({ } known and > 0))
        {
            return most;
        }

        for (var some = most; known <= ShortRows && some > most / 2; some--)
        {
            if (known % some == 0)
            {
                return some;
            }
        }

        var panels = (known + most - 1) / most;
        return (int)((known + panels - 1) / panels);
    }
}
