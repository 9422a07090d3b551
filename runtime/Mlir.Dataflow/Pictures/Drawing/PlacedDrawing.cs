namespace Mlir.Dataflow.Pictures;

/// <summary>A drawing with everything in its place.</summary>
/// <param name="Drawing">The drawing.</param>
/// <param name="Shapes">The outline of each node.</param>
/// <param name="Plan">Where everything stands.</param>
internal sealed record PlacedDrawing(PictureDrawing Drawing, IReadOnlyList<NodeShape> Shapes, PicturePlan Plan)
{
    /// <summary>Lays a drawing out as the options say.</summary>
    public static PlacedDrawing Of(PictureDrawing drawing, PictureOptions options)
    {
        NodeShape[] shapes = [.. drawing.Nodes.Select(NodeShape.Of)];
        var plan =
            options.Layout == PictureLayout.Graphviz
                ? GraphvizLayout.Place(shapes, drawing.Edges, options)
                : LayeredLayout.Place(shapes, drawing.Edges, options);
        return new PlacedDrawing(drawing, shapes, plan);
    }
}
