namespace Mlir.Dialects.Gpu;

/// <summary>The subgroup's number in its block.</summary>
/// <example><code>%i = gpu.subgroup_id : index</code></example>
[Op("gpu.subgroup_id", Format = "(`upper_bound` $upperBound^)? attr-dict `:` type($result)")]
public sealed partial class SubgroupIdOp : Operation, IPure
{
    /// <summary>A number that the result stays below.</summary>
    [Attr(Name = "upper_bound", Type = "index")]
    public partial long? UpperBound { get; }

    /// <summary>The number.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }
}
