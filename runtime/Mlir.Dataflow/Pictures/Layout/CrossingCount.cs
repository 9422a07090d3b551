namespace Mlir.Dataflow.Pictures;

/// <summary>Counts the crossings of a layered graph in its present order.</summary>
internal static class CrossingCount
{
    /// <summary>The number of pairs of segments that cross.</summary>
    public static long Of(LayeredGraph graph)
    {
        var sums = new int[graph.Layers.Select(layer => layer.Length).DefaultIfEmpty().Max() + 1];
        var ends = new List<int>();
        var crossings = 0L;
        for (var layer = 0; layer + 1 < graph.Layers.Length; layer++)
        {
            var tree = sums.AsSpan(0, graph.Layers[layer + 1].Length + 1);
            tree.Clear();
            var seen = 0;
            foreach (var item in graph.Layers[layer])
            {
                ends.Clear();
                foreach (var segment in graph.Below[item])
                {
                    ends.Add(graph.Position[graph.To[segment]]);
                }

                // A segment crosses those that begin further left and end further right: all seen but those that end at most here.
                foreach (var end in ends)
                {
                    crossings += seen - CountUpTo(tree, end);
                }

                foreach (var end in ends)
                {
                    Add(tree, end);
                }

                seen += ends.Count;
            }
        }

        return crossings;
    }

    // A Fenwick tree: sums over ranges that halve.
    private static void Add(Span<int> tree, int position)
    {
        for (var i = position + 1; i < tree.Length; i += i & -i)
        {
            tree[i]++;
        }
    }

    private static int CountUpTo(Span<int> tree, int position)
    {
        var sum = 0;
        for (var i = position + 1; i > 0; i -= i & -i)
        {
            sum += tree[i];
        }

        return sum;
    }
}
