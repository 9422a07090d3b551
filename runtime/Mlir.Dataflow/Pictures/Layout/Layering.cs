namespace Mlir.Dataflow.Pictures;

/// <summary>Puts each node into a layer below those of the nodes that it depends on, so that the edges are short altogether.</summary>
internal static class Layering
{
    private const int MaxRounds = 8;

    /// <summary>The layer of each node, from 0; no layer is empty.</summary>
    public static int[] Assign(int count, IReadOnlyList<PictureEdge> edges)
    {
        var ins = new int[count];
        var outs = new int[count];
        foreach (var (from, to) in edges)
        {
            outs[from]++;
            ins[to]++;
        }

        // Edges go from earlier to later nodes, so that edges in order of their ends give longest paths in one pass.
        var byEnd = edges.OrderBy(edge => edge.To).ToArray();
        var byStart = edges.OrderByDescending(edge => edge.From).ToArray();
        var layers = new int[count];
        foreach (var (from, to) in byEnd)
        {
            layers[to] = Math.Max(layers[to], layers[from] + 1);
        }

        // A node with more edges below than above makes the sum shorter by each layer that it goes down, and the other way round. With as many on both
        // sides it stays: a task's result stands right below the task.
        var limit = new int[count];
        for (var round = 0; round < MaxRounds; round++)
        {
            var changed = MoveDown() | MoveUp();
            if (!changed)
            {
                break;
            }
        }

        return WithoutGaps(layers);

        bool MoveDown()
        {
            var changed = false;
            Array.Fill(limit, int.MaxValue);
            var next = 0;
            for (var node = count - 1; node >= 0; node--)
            {
                for (; next < byStart.Length && byStart[next].From == node; next++)
                {
                    limit[node] = Math.Min(limit[node], layers[byStart[next].To] - 1);
                }

                if (outs[node] > ins[node] && limit[node] > layers[node])
                {
                    layers[node] = limit[node];
                    changed = true;
                }
            }

            return changed;
        }

        bool MoveUp()
        {
            var changed = false;
            Array.Fill(limit, 0);
            var next = 0;
            for (var node = 0; node < count; node++)
            {
                for (; next < byEnd.Length && byEnd[next].To == node; next++)
                {
                    limit[node] = Math.Max(limit[node], layers[byEnd[next].From] + 1);
                }

                if (ins[node] > outs[node] && limit[node] < layers[node])
                {
                    layers[node] = limit[node];
                    changed = true;
                }
            }

            return changed;
        }
    }

    private static int[] WithoutGaps(int[] layers)
    {
        var names = layers.Distinct().Order().Select((layer, i) => (layer, i)).ToDictionary(p => p.layer, p => p.i);
        return Array.ConvertAll(layers, layer => names[layer]);
    }
}
