using System.Collections.Immutable;

namespace Mlir.Dataflow.Pictures;

/// <summary>Draws the edges of a layered graph: upright through each layer, curved between layers, so that no line crosses a node.</summary>
internal static class EdgeRoutes
{
    // Arrows that end at one node stand this far apart.
    private const double ArrowGap = 14;

    /// <summary>The lines of all edges, by the node where they begin.</summary>
    public static ImmutableArray<PictureStroke> Trace(
        LayeredGraph graph,
        IReadOnlyList<NodeShape> shapes,
        IReadOnlyList<PictureEdge> edges,
        PicturePoint[] centers,
        double[] x,
        double[] tops,
        double[] heights
    )
    {
        var offsets = Ports(graph, shapes, x);
        var strokes = ImmutableArray.CreateBuilder<PictureStroke>(edges.Count);
        var points = ImmutableArray.CreateBuilder<PicturePoint>();
        var open = new Queue<int>(); // segments where a line begins
        for (var node = 0; node < graph.Nodes; node++)
        {
            Begin(node);
            while (open.TryDequeue(out var segment))
            {
                var item = graph.From[segment];
                points.Clear();
                if (item == node)
                {
                    points.Add(Bottom(node));
                    LineTo(points, new PicturePoint(x[node], tops[graph.Layer[node]] + heights[graph.Layer[node]]));
                }
                else
                {
                    points.Add(new PicturePoint(x[item], tops[graph.Layer[item]] + heights[graph.Layer[item]]));
                }

                while (true)
                {
                    item = graph.To[segment];
                    var layer = graph.Layer[item];
                    if (item < graph.Nodes)
                    {
                        var at = x[item] + offsets[segment];
                        CurveTo(points, new PicturePoint(at, tops[layer]));
                        LineTo(points, new PicturePoint(at, centers[item].Y - shapes[item].Top(offsets[segment])));
                        strokes.Add(new PictureStroke(node, item, points.ToImmutable()));
                        break;
                    }

                    CurveTo(points, new PicturePoint(x[item], tops[layer]));
                    LineTo(points, new PicturePoint(x[item], tops[layer] + heights[layer]));
                    if (graph.Below[item].Length > 1)
                    {
                        strokes.Add(new PictureStroke(node, -1, points.ToImmutable()));
                        Begin(item);
                        break;
                    }

                    segment = graph.Below[item][0];
                }
            }
        }

        foreach (var (from, to) in graph.Unbent)
        {
            points.Clear();
            points.Add(Bottom(from));
            CurveTo(points, new PicturePoint(centers[to].X, centers[to].Y - shapes[to].Top(0)));
            strokes.Add(new PictureStroke(from, to, points.ToImmutable()));
        }

        return strokes.DrainToImmutable();

        void Begin(int item)
        {
            foreach (var segment in graph.Below[item])
            {
                open.Enqueue(segment);
            }
        }

        PicturePoint Bottom(int node) => new(centers[node].X, centers[node].Y + shapes[node].Top(0));
    }

    /// <summary>How far from the middle of its node each segment ends: beside each other, in the order in which they come.</summary>
    private static double[] Ports(LayeredGraph graph, IReadOnlyList<NodeShape> shapes, double[] x)
    {
        var offsets = new double[graph.From.Length];
        for (var node = 0; node < graph.Nodes; node++)
        {
            var above = graph.Above[node];
            if (above.Length < 2)
            {
                continue;
            }

            above.Sort((a, b) => x[graph.From[a]].CompareTo(x[graph.From[b]]));
            var gap = Math.Min(ArrowGap, 2 * shapes[node].Reach / (above.Length - 1));
            for (var i = 0; i < above.Length; i++)
            {
                offsets[above[i]] = gap * (i - ((above.Length - 1) / 2.0));
            }
        }

        return offsets;
    }

    private static void LineTo(ImmutableArray<PicturePoint>.Builder points, PicturePoint end)
    {
        var start = points[^1];
        if (end != start)
        {
            points.Add(start);
            points.Add(end);
            points.Add(end);
        }
    }

    /// <summary>A curve that is upright where it begins and where it ends.</summary>
    private static void CurveTo(ImmutableArray<PicturePoint>.Builder points, PicturePoint end)
    {
        var start = points[^1];
        var middle = (start.Y + end.Y) / 2;
        points.Add(new PicturePoint(start.X, middle));
        points.Add(new PicturePoint(end.X, middle));
        points.Add(end);
    }
}
