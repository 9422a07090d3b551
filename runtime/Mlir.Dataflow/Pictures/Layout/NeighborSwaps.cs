namespace Mlir.Dataflow.Pictures;

/// <summary>Swaps neighbours in a layer where that removes crossings, until no swap does.</summary>
internal static class NeighborSwaps
{
    private const int MaxPasses = 8;

    /// <summary>Swaps in every layer.</summary>
    public static void Run(LayeredGraph graph, CancellationToken cancellation)
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            var improved = false;
            foreach (var items in graph.Layers)
            {
                for (var place = 0; place + 1 < items.Length; place++)
                {
                    var (left, right) = (items[place], items[place + 1]);
                    if (Gain(graph, left, right) <= 0)
                    {
                        continue;
                    }

                    (items[place], items[place + 1]) = (right, left);
                    graph.Position[right] = place;
                    graph.Position[left] = place + 1;
                    improved = true;
                }
            }

            if (!improved)
            {
                return;
            }
        }
    }

    /// <summary>By how much a swap of two neighbours makes the crossings fewer.</summary>
    private static long Gain(LayeredGraph graph, int left, int right) =>
        Gain(graph, graph.Above[left], graph.Above[right], graph.From)
        + Gain(graph, graph.Below[left], graph.Below[right], graph.To);

    private static long Gain(LayeredGraph graph, Span<int> left, Span<int> right, int[] others)
    {
        if ((long)left.Length * right.Length > 1_000_000)
        {
            return 0; // two hubs beside each other: counting takes longer than the swap is worth
        }

        var gain = 0L;
        foreach (var a in left)
        {
            foreach (var b in right)
            {
                gain += Math.Sign(graph.Position[others[a]] - graph.Position[others[b]]);
            }
        }

        return gain;
    }
}
