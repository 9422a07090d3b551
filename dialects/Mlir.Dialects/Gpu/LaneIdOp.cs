namespace Mlir.Dialects.Gpu;

/// <summary>The thread's number in its subgroup.</summary>
/// <example><code>%i = gpu.lane_id</code></example>
[Op("gpu.lane_id", Format = "(`upper_bound` $upperBound^)? attr-dict")]
public sealed partial class LaneIdOp : Operation, IPure
{
    /// <summary>A number that the result stays below.</summary>
    [Attr(Name = "upper_bound", Type = "index")]
    public partial long? UpperBound { get; }

    /// <summary>The number.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }
}
