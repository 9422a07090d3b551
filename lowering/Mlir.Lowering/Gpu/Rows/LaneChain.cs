namespace Mlir.Lowering.Gpu;

/// <summary>A reduction whose bits depend on the order: each lane takes its elements one after the other.</summary>
/// <param name="Output">The number of the output.</param>
/// <param name="Combiner">How it combines.</param>
/// <param name="Slice">What makes the elements of what is kept; null where they are kept themselves.</param>
/// <param name="Elements">The elements, where they are kept themselves.</param>
internal sealed record LaneChain(
    int Output,
    AssociativeCombiner Combiner,
    BodySlice? Slice,
    IReadOnlyList<RowValue> Elements
);
