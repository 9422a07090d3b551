using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>How a contraction is cut for registers and caches.</summary>
/// <param name="Lanes">The elements of one vector.</param>
/// <param name="Vectors">The vectors of one register tile along the columns.</param>
/// <param name="Rows">The rows of one register tile.</param>
/// <param name="Depth">The most products that a register tile sums before it stores: the depth of a packed panel.</param>
/// <param name="BlockColumns">The columns of packed panels that stay in the second cache while rows pass by.</param>
internal sealed record TileSizes(int Lanes, int Vectors, int Rows, long Depth, long BlockColumns)
{
    /// <summary>The columns whose panels are packed at once; they stay in the last cache.</summary>
    public const long PackedColumns = 4096;

    // Half of a second cache of 1 MiB; the other half is for rows and results that pass through.
    private const long BlockBytes = 512 << 10;

    /// <summary>The columns of one register tile.</summary>
    public int Columns => Lanes * Vectors;

    /// <summary>Sizes for an element type.</summary>
    /// <param name="element">The type of the sums.</param>
    /// <param name="vectorBits">The width of the target's vectors in bits.</param>
    /// <param name="rows">The rows of the result, when known.</param>
    /// <param name="columns">The columns of the result, when known.</param>
    public static TileSizes For(IrType element, int vectorBits, long? rows, long? columns)
    {
        var bytes = DenseElementsAttr.ElementSize(element);
        var lanes = vectorBits / 8 / bytes;
        while (columns <= lanes / 2 && lanes > 2)
        {
            lanes /= 2; // a vector no wider than the matrix
        }

        // 32 registers hold the sums of 5 rows of 4 vectors, 4 vectors of the right factor and what is on its way; 6 rows spill.
        var (most, registers, tallest) = vectorBits >= 512 ? (4, 20, 8) : (2, 12, 6);
        var vectors = (int)Math.Min(most, columns is { } n ? Math.Max(1, (n + lanes - 1) / lanes) : most);
        var tileRows = Math.Min(registers / vectors, tallest);
        if (rows is { } m && m > 0)
        {
            var panels = (m + tileRows - 1) / tileRows;
            tileRows = (int)((m + panels - 1) / panels);
        }

        var depth = bytes >= 8 ? 256 : 384;
        var width = lanes * vectors;
        return new TileSizes(
            lanes,
            vectors,
            tileRows,
            depth,
            Math.Max(1, BlockBytes / (depth * bytes) / width) * width
        );
    }
}
