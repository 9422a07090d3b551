namespace Mlir.Dataflow.Pictures;

/// <summary>
/// Gives each item its place from left to right, as Brandes and Köpf do it: items are joined to columns with the middle one of their neighbours in the
/// layer beside, once for each of the four corners of the picture that they may lean to, and each item takes the middle of the four places. Long chains and
/// trunks stand upright. The columns of one alignment are packed by longest paths, so that nodes of every width keep their distance.
/// </summary>
internal static class Columns
{
    private const double NodeGap = 20;
    private const double BendGap = 12;

    /// <summary>The middle of each item.</summary>
    public static double[] Assign(LayeredGraph graph, CancellationToken cancellation)
    {
        SortByPosition(graph, graph.Above, graph.From);
        SortByPosition(graph, graph.Below, graph.To);
        var conflicts = FindConflicts(graph);
        var candidates = new double[4][];
        for (var corner = 0; corner < 4; corner++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (upwards, mirrored) = ((corner & 2) != 0, (corner & 1) != 0);
            candidates[corner] = Pack(graph, Align(graph, conflicts, upwards, mirrored), mirrored);
        }

        return Balance(graph, candidates);
    }

    private static void SortByPosition(LayeredGraph graph, Adjacency side, int[] others)
    {
        for (var item = 0; item < graph.Count; item++)
        {
            side[item].Sort((a, b) => graph.Position[others[a]].CompareTo(graph.Position[others[b]]));
        }
    }

    /// <summary>The segments that cross a trunk: the trunk stays straight and they give way.</summary>
    private static bool[] FindConflicts(LayeredGraph graph)
    {
        var conflicts = new bool[graph.From.Length];
        for (var layer = 0; layer + 1 < graph.Layers.Length; layer++)
        {
            var lower = graph.Layers[layer + 1];
            var (leftmost, scanned) = (0, 0);
            for (var place = 0; place < lower.Length; place++)
            {
                var trunk = TrunkAbove(graph, lower[place]);
                if (trunk < 0 && place + 1 < lower.Length)
                {
                    continue;
                }

                var rightmost = trunk >= 0 ? graph.Position[trunk] : graph.Layers[layer].Length - 1;
                for (; scanned <= place; scanned++)
                {
                    var inner = TrunkAbove(graph, lower[scanned]) >= 0;
                    foreach (var segment in graph.Above[lower[scanned]])
                    {
                        var position = graph.Position[graph.From[segment]];
                        conflicts[segment] |= !inner && (position < leftmost || position > rightmost);
                    }
                }

                leftmost = Math.Max(leftmost, rightmost);
            }
        }

        return conflicts;
    }

    /// <summary>The bend above a bend; -1 where there is none.</summary>
    private static int TrunkAbove(LayeredGraph graph, int item)
    {
        if (item < graph.Nodes)
        {
            return -1;
        }

        var above = graph.From[graph.Above[item][0]];
        return above >= graph.Nodes ? above : -1;
    }

    /// <summary>Joins each item to its column: the result names each column by its first item.</summary>
    private static int[] Align(LayeredGraph graph, bool[] conflicts, bool upwards, bool mirrored)
    {
        var root = new int[graph.Count];
        for (var item = 0; item < root.Length; item++)
        {
            root[item] = item;
        }

        var (side, others) = upwards ? (graph.Below, graph.To) : (graph.Above, graph.From);
        for (var i = 0; i < graph.Layers.Length; i++)
        {
            var items = graph.Layers[upwards ? graph.Layers.Length - 1 - i : i];
            var last = mirrored ? int.MaxValue : -1;
            for (var j = 0; j < items.Length; j++)
            {
                var item = items[mirrored ? items.Length - 1 - j : j];
                var segments = side[item];
                var (low, high) = ((segments.Length - 1) / 2, segments.Length / 2);
                var (first, second) = mirrored ? (high, low) : (low, high);
                if (segments.Length > 0 && !Join(segments[first]) && first != second)
                {
                    Join(segments[second]);
                }

                // Two columns must not cross: only what stands behind the last joined one may be joined.
                bool Join(int segment)
                {
                    var other = others[segment];
                    var position = graph.Position[other];
                    if (conflicts[segment] || (mirrored ? position >= last : position <= last))
                    {
                        return false;
                    }

                    root[item] = root[other];
                    last = position;
                    return true;
                }
            }
        }

        return root;
    }

    /// <summary>Packs columns to the left, or to the right where mirrored, then pulls each towards what stands on its other side.</summary>
    private static double[] Pack(LayeredGraph graph, int[] root, bool mirrored)
    {
        var (lefts, rights, gaps) = (new List<int>(), new List<int>(), new List<double>());
        foreach (var items in graph.Layers)
        {
            for (var place = 0; place + 1 < items.Length; place++)
            {
                var (a, b) = (items[place], items[place + 1]);
                var gap = a < graph.Nodes && b < graph.Nodes ? NodeGap : BendGap;
                lefts.Add(root[mirrored ? b : a]);
                rights.Add(root[mirrored ? a : b]);
                gaps.Add(((graph.Width[a] + graph.Width[b]) / 2) + gap);
            }
        }

        int[] from = [.. lefts];
        int[] to = [.. rights];
        var after = Adjacency.Create(graph.Count, from);
        var order = Order(graph.Count, after, to);
        var places = new double[graph.Count];
        foreach (var column in order)
        {
            foreach (var pair in after[column])
            {
                places[to[pair]] = Math.Max(places[to[pair]], places[column] + gaps[pair]);
            }
        }

        for (var i = order.Count - 1; i >= 0; i--)
        {
            var column = order[i];
            var most = double.PositiveInfinity;
            foreach (var pair in after[column])
            {
                most = Math.Min(most, places[to[pair]] - gaps[pair]);
            }

            if (!double.IsPositiveInfinity(most))
            {
                places[column] = Math.Max(places[column], most);
            }
        }

        var x = new double[graph.Count];
        for (var item = 0; item < x.Length; item++)
        {
            x[item] = mirrored ? -places[root[item]] : places[root[item]];
        }

        return x;
    }

    /// <summary>Columns, each behind those on its left.</summary>
    private static List<int> Order(int count, Adjacency after, int[] to)
    {
        var waiting = new int[count];
        foreach (var column in to)
        {
            waiting[column]++;
        }

        var order = new List<int>(count);
        for (var column = 0; column < count; column++)
        {
            if (waiting[column] == 0)
            {
                order.Add(column);
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            foreach (var pair in after[order[i]])
            {
                if (--waiting[to[pair]] == 0)
                {
                    order.Add(to[pair]);
                }
            }
        }

        return order;
    }

    /// <summary>Moves the four candidates onto the narrowest one; each item takes the mean of the two in the middle.</summary>
    private static double[] Balance(LayeredGraph graph, double[][] candidates)
    {
        var (lefts, rights) = (new double[4], new double[4]);
        for (var corner = 0; corner < 4; corner++)
        {
            (lefts[corner], rights[corner]) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var item = 0; item < graph.Count; item++)
            {
                var x = candidates[corner][item];
                lefts[corner] = Math.Min(lefts[corner], x - (graph.Width[item] / 2));
                rights[corner] = Math.Max(rights[corner], x + (graph.Width[item] / 2));
            }
        }

        var narrowest = 0;
        for (var corner = 1; corner < 4; corner++)
        {
            narrowest = rights[corner] - lefts[corner] < rights[narrowest] - lefts[narrowest] ? corner : narrowest;
        }

        var result = new double[graph.Count];
        Span<double> places = stackalloc double[4];
        for (var item = 0; item < result.Length; item++)
        {
            for (var corner = 0; corner < 4; corner++)
            {
                var shift = (corner & 1) == 0 ? lefts[narrowest] - lefts[corner] : rights[narrowest] - rights[corner];
                places[corner] = candidates[corner][item] + shift;
            }

            places.Sort();
            result[item] = (places[1] + places[2]) / 2;
        }

        return result;
    }
}
