namespace Mlir.Dialects.Gpu;

/// <summary>The number of subgroups of a block.</summary>
/// <example><code>%i = gpu.num_subgroups : index</code></example>
[Op("gpu.num_subgroups", Format = "(`upper_bound` $upperBound^)? attr-dict `:` type($result)")]
public sealed partial class NumSubgroupsOp : Operation, IPure
{
    /// <summary>A number that the result stays below.</summary>
    [Attr(Name = "upper_bound", Type = "index")]
    public partial long? UpperBound { get; }

    /// <summary>The number.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }
}
