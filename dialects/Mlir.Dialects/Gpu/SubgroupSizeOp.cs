namespace Mlir.Dialects.Gpu;

/// <summary>The number of threads of a subgroup.</summary>
/// <example><code>%i = gpu.subgroup_size : index</code></example>
[Op("gpu.subgroup_size", Format = "(`upper_bound` $upperBound^)? attr-dict `:` type($result)")]
public sealed partial class SubgroupSizeOp : Operation, IPure
{
    /// <summary>A number that the result stays below.</summary>
    [Attr(Name = "upper_bound", Type = "index")]
    public partial long? UpperBound { get; }

    /// <summary>The number.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }
}
