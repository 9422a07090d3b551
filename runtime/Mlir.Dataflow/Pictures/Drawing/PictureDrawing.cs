namespace Mlir.Dataflow.Pictures;

/// <summary>What a picture shows, before anything has a place.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="Nodes">The nodes, each behind those that it depends on.</param>
/// <param name="Edges">The arrows, at most one between two nodes.</param>
internal sealed record PictureDrawing(string Name, IReadOnlyList<PictureNode> Nodes, IReadOnlyList<PictureEdge> Edges);
