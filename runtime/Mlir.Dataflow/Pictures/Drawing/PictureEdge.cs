namespace Mlir.Dataflow.Pictures;

/// <summary>An arrow from a node to a later one.</summary>
/// <param name="From">The position of the node where it begins.</param>
/// <param name="To">The position of the node where it ends, larger than <paramref name="From"/>.</param>
internal readonly record struct PictureEdge(int From, int To);
