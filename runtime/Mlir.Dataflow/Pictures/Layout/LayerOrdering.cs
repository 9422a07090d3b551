using System.Runtime.InteropServices;

namespace Mlir.Dataflow.Pictures;

/// <summary>Orders the items of each layer so that few edges cross.</summary>
internal static class LayerOrdering
{
    private const int MaxRounds = 24;
    private const int MinRounds = 4;

    // Large graphs get as many rounds as this many items take.
    private const int MaxWork = 2_000_000;

    private const int MaxRoundsWithoutGain = 4;

    // Trying every pair of neighbours takes long in large graphs, and nobody sees the difference there.
    private const int MaxSwappedItems = 20_000;

    /// <summary>Orders every layer. The order of a task's arguments is that of the picture, where nothing speaks against it.</summary>
    public static void Arrange(LayeredGraph graph, CancellationToken cancellation, Action<double> report)
    {
        ArrangeByDepth(graph);
        var keys = new double[graph.Count];
        var best = Save(graph);
        var fewest = CrossingCount.Of(graph);
        var rounds = Math.Clamp(MaxWork / Math.Max(graph.Count, 1), MinRounds, MaxRounds);
        var idle = 0;
        for (var round = 0; round < rounds && fewest > 0 && idle < MaxRoundsWithoutGain; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var layer = 1; layer < graph.Layers.Length; layer++)
            {
                Sort(graph, layer, graph.Above, graph.From, keys);
            }

            for (var layer = graph.Layers.Length - 2; layer >= 0; layer--)
            {
                Sort(graph, layer, graph.Below, graph.To, keys);
            }

            if (graph.Count <= MaxSwappedItems)
            {
                NeighborSwaps.Run(graph, cancellation);
            }

            var crossings = CrossingCount.Of(graph);
            idle++;
            if (crossings < fewest)
            {
                (best, fewest, idle) = (Save(graph), crossings, 0);
            }

            report((round + 1) / (double)rounds);
        }

        for (var layer = 0; layer < best.Length; layer++)
        {
            Restore(graph, layer, best[layer]);
        }
    }

    /// <summary>Gives each layer the order in which a walk from the last nodes upwards, first arguments first, leaves its items.</summary>
    private static void ArrangeByDepth(LayeredGraph graph)
    {
        var next = new int[graph.Count]; // the argument to visit next; -1 when the item is done
        var filled = new int[graph.Layers.Length];
        var stack = new Stack<int>();
        for (var item = 0; item < graph.Count; item++)
        {
            if (graph.Below[item].Length > 0)
            {
                continue;
            }

            stack.Push(item);
            while (stack.TryPeek(out var top))
            {
                var above = graph.Above[top];
                if (next[top] < above.Length)
                {
                    var source = graph.From[above[next[top]++]];
                    if (next[source] == 0)
                    {
                        stack.Push(source);
                    }

                    continue;
                }

                stack.Pop();
                if (next[top] < int.MaxValue)
                {
                    next[top] = int.MaxValue;
                    var layer = graph.Layer[top];
                    graph.Position[top] = filled[layer];
                    graph.Layers[layer][filled[layer]++] = top;
                }
            }
        }
    }

    /// <summary>Sorts a layer by the mean position of its items' neighbours in the layer beside it; items without any stay where they are.</summary>
    private static void Sort(LayeredGraph graph, int layer, Adjacency side, int[] others, double[] keys)
    {
        var items = graph.Layers[layer];
        var movable = new List<int>(items.Length);
        var places = new List<int>(items.Length);
        for (var place = 0; place < items.Length; place++)
        {
            var item = items[place];
            var segments = side[item];
            if (segments.Length == 0)
            {
                continue;
            }

            var sum = 0.0;
            foreach (var segment in segments)
            {
                sum += graph.Position[others[segment]];
            }

            keys[item] = sum / segments.Length;
            movable.Add(item);
            places.Add(place);
        }

        movable.Sort(
            (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : graph.Position[a].CompareTo(graph.Position[b])
        );
        for (var i = 0; i < movable.Count; i++)
        {
            items[places[i]] = movable[i];
        }

        foreach (var place in CollectionsMarshal.AsSpan(places))
        {
            graph.Position[items[place]] = place;
        }
    }

    private static int[][] Save(LayeredGraph graph) => Array.ConvertAll(graph.Layers, layer => (int[])layer.Clone());

    private static void Restore(LayeredGraph graph, int layer, int[] items)
    {
        graph.Layers[layer] = items;
        for (var place = 0; place < items.Length; place++)
        {
            graph.Position[items[place]] = place;
        }
    }
}
