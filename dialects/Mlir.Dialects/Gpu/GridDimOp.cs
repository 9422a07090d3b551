namespace Mlir.Dialects.Gpu;

/// <summary>The number of blocks of the grid, along one dimension.</summary>
/// <example><code>%i = gpu.grid_dim x</code></example>
[Op("gpu.grid_dim", Format = "$dimension (`upper_bound` $upperBound^)? attr-dict")]
public sealed partial class GridDimOp : Operation, IPure
{
    /// <summary>The dimension.</summary>
    [Attr]
    public partial Dimension Dimension { get; }

    /// <summary>A number that the result stays below.</summary>
    [Attr(Name = "upper_bound", Type = "index")]
    public partial long? UpperBound { get; }

    /// <summary>The number.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }
}
