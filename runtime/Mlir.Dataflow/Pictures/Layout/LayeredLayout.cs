using System.Collections.Immutable;

namespace Mlir.Dataflow.Pictures;

/// <summary>
/// Lays a graph out in layers from top to bottom: layers, then an order within each that lets few edges cross, then places that keep chains straight, then
/// curves. Nothing here depends on anything but the graph, and nothing recurses.
/// </summary>
internal static class LayeredLayout
{
    private const double Margin = 16;

    /// <summary>Lays a drawing out.</summary>
    /// <param name="shapes">The nodes' outlines.</param>
    /// <param name="edges">The edges, each from an earlier node to a later one.</param>
    /// <param name="options">Who is told how far it is, and who stops it.</param>
    public static PicturePlan Place(
        IReadOnlyList<NodeShape> shapes,
        IReadOnlyList<PictureEdge> edges,
        PictureOptions options
    )
    {
        var layers = Layering.Assign(shapes.Count, edges);
        Report("ordering", 0.1);
        var graph = LayeredGraph.Create(shapes, edges, layers);
        LayerOrdering.Arrange(graph, options.Cancellation, done => Report("ordering", 0.1 + (0.6 * done)));
        Report("placing", 0.7);
        var x = Columns.Assign(graph, options.Cancellation);
        Report("routing", 0.9);
        var (tops, heights) = Rows(graph, shapes, x);

        var left = double.PositiveInfinity;
        var right = double.NegativeInfinity;
        for (var item = 0; item < graph.Count; item++)
        {
            left = Math.Min(left, x[item] - (graph.Width[item] / 2));
            right = Math.Max(right, x[item] + (graph.Width[item] / 2));
        }

        for (var item = 0; item < graph.Count; item++)
        {
            x[item] += Margin - left;
        }

        var centers = new PicturePoint[shapes.Count];
        for (var node = 0; node < shapes.Count; node++)
        {
            var layer = graph.Layer[node];
            centers[node] = new PicturePoint(x[node], tops[layer] + (heights[layer] / 2));
        }

        var strokes = EdgeRoutes.Trace(graph, shapes, edges, centers, x, tops, heights);
        return new PicturePlan(
            shapes.Count == 0 ? 2 * Margin : right - left + (2 * Margin),
            shapes.Count == 0 ? 2 * Margin : tops[^1] + heights[^1] + Margin,
            ImmutableArray.Create(centers),
            strokes
        );

        void Report(string step, double done)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            options.Progress?.Report(new PictureProgress(step, done));
        }
    }

    /// <summary>The upper side and the height of each layer. Layers whose edges go far to the side stand further apart.</summary>
    private static (double[] Tops, double[] Heights) Rows(
        LayeredGraph graph,
        IReadOnlyList<NodeShape> shapes,
        double[] x
    )
    {
        const double Near = 28;
        const double Far = 110;
        var heights = new double[graph.Layers.Length];
        for (var node = 0; node < shapes.Count; node++)
        {
            heights[graph.Layer[node]] = Math.Max(heights[graph.Layer[node]], shapes[node].Height);
        }

        var gaps = new double[graph.Layers.Length];
        for (var segment = 0; segment < graph.From.Length; segment++)
        {
            var (from, to) = (graph.From[segment], graph.To[segment]);
            var gap = Math.Min(Near + (0.07 * Math.Abs(x[from] - x[to])), Far);
            gaps[graph.Layer[to]] = Math.Max(gaps[graph.Layer[to]], gap);
        }

        var tops = new double[heights.Length];
        var y = Margin;
        for (var layer = 0; layer < tops.Length; layer++)
        {
            y += layer == 0 ? 0 : Math.Max(gaps[layer], Near);
            tops[layer] = y;
            y += heights[layer];
        }

        return (tops, heights);
    }
}
