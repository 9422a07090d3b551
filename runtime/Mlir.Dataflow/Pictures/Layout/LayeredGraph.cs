namespace Mlir.Dataflow.Pictures;

/// <summary>
/// A graph whose edges go from each layer to the next only. Items are the nodes and, behind them, the bends: where an edge crosses a layer. All edges of a
/// node share their bends, one in each layer that they cross: a value that many tasks take is a trunk with branches.
/// </summary>
internal sealed class LayeredGraph
{
    // More bends than this would take longer than anybody waits; edges of the longest trunks then have none.
    private const int MaxBends = 150_000;

    private LayeredGraph(int nodes, int count, int layers)
    {
        Nodes = nodes;
        Count = count;
        Layer = new int[count];
        Width = new double[count];
        Position = new int[count];
        Layers = new int[layers][];
    }

    /// <summary>The number of nodes: items from here on are bends.</summary>
    public int Nodes { get; }

    /// <summary>The number of items.</summary>
    public int Count { get; }

    /// <summary>The layer of each item.</summary>
    public int[] Layer { get; }

    /// <summary>The width of each item.</summary>
    public double[] Width { get; }

    /// <summary>The position of each item in its layer.</summary>
    public int[] Position { get; }

    /// <summary>The items of each layer in order.</summary>
    public int[][] Layers { get; }

    /// <summary>The upper item of each segment.</summary>
    public required int[] From { get; init; }

    /// <summary>The lower item of each segment, one layer below.</summary>
    public required int[] To { get; init; }

    /// <summary>The segments above each item.</summary>
    public required Adjacency Above { get; init; }

    /// <summary>The segments below each item.</summary>
    public required Adjacency Below { get; init; }

    /// <summary>The edges that have no bends since there would be too many; they are drawn straight.</summary>
    public required IReadOnlyList<PictureEdge> Unbent { get; init; }

    /// <summary>Makes the layered graph, the items of each layer in order of their numbers.</summary>
    public static LayeredGraph Create(IReadOnlyList<NodeShape> shapes, IReadOnlyList<PictureEdge> edges, int[] layers)
    {
        var reach = FindReach(edges, layers);
        var bends = new int[shapes.Count]; // the first bend of each node's trunk
        var count = shapes.Count;
        for (var node = 0; node < shapes.Count; node++)
        {
            bends[node] = count;
            count += Math.Max(reach[node] - layers[node] - 1, 0);
        }

        var (from, to, unbent) = (new List<int>(), new List<int>(), new List<PictureEdge>());
        foreach (var edge in edges)
        {
            var (start, end) = (layers[edge.From], layers[edge.To]);
            if (end > reach[edge.From] && end > start + 1)
            {
                unbent.Add(edge);
                continue;
            }

            from.Add(end == start + 1 ? edge.From : bends[edge.From] + (end - start - 2));
            to.Add(edge.To);
        }

        for (var node = 0; node < shapes.Count; node++)
        {
            for (var i = 0; i < reach[node] - layers[node] - 1; i++)
            {
                from.Add(i == 0 ? node : bends[node] + i - 1);
                to.Add(bends[node] + i);
            }
        }

        int[] froms = [.. from];
        int[] tos = [.. to];
        var graph = new LayeredGraph(shapes.Count, count, shapes.Count == 0 ? 0 : layers.Max() + 1)
        {
            From = froms,
            To = tos,
            Above = Adjacency.Create(count, tos),
            Below = Adjacency.Create(count, froms),
            Unbent = unbent,
        };
        for (var node = 0; node < shapes.Count; node++)
        {
            graph.Layer[node] = layers[node];
            graph.Width[node] = shapes[node].Width;
            for (var i = 0; i < reach[node] - layers[node] - 1; i++)
            {
                graph.Layer[bends[node] + i] = layers[node] + 1 + i;
            }
        }

        var sizes = new int[graph.Layers.Length];
        foreach (var layer in graph.Layer)
        {
            sizes[layer]++;
        }

        for (var layer = 0; layer < sizes.Length; layer++)
        {
            graph.Layers[layer] = new int[sizes[layer]];
            sizes[layer] = 0;
        }

        for (var item = 0; item < count; item++)
        {
            var layer = graph.Layer[item];
            graph.Position[item] = sizes[layer];
            graph.Layers[layer][sizes[layer]++] = item;
        }

        return graph;
    }

    /// <summary>The lowest layer that each node's trunk leads to; the node's own layer where it has none.</summary>
    private static int[] FindReach(IReadOnlyList<PictureEdge> edges, int[] layers)
    {
        var reach = (int[])layers.Clone();
        foreach (var (from, to) in edges)
        {
            reach[from] = Math.Max(reach[from], layers[to]);
        }

        var left = MaxBends;
        foreach (var node in Enumerable.Range(0, layers.Length).OrderBy(node => reach[node] - layers[node]))
        {
            left -= Math.Max(reach[node] - layers[node] - 1, 0);
            if (left < 0)
            {
                reach[node] = layers[node];
            }
        }

        return reach;
    }
}
