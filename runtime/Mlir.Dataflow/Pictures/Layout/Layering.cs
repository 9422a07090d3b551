namespace Mlir.Dataflow.Pictures;

/// <summary>Puts each node into a layer below those of the nodes that it depends on.</summary>
internal static class Layering
{
    /// <summary>
    /// The layer of each node, from 0; no layer is empty. Every node stands as high as it can, so that a task's result is right below the task; but what
    /// only a later task needs, as an input with the translations behind it, stands right above that task, which makes edges shorter and none longer.
    /// </summary>
    public static int[] Assign(int count, IReadOnlyList<PictureEdge> edges)
    {
        var outs = new int[count];
        foreach (var (from, _) in edges)
        {
            outs[from]++;
        }

        // Edges go from earlier to later nodes, so that edges in order of their ends give longest paths in one pass.
        var layers = new int[count];
        var movable = new bool[count];
        Array.Fill(movable, true);
        foreach (var (from, to) in edges.OrderBy(edge => edge.To))
        {
            layers[to] = Math.Max(layers[to], layers[from] + 1);
            movable[to] &= movable[from] && outs[from] == 1;
        }

        var limit = new int[count];
        Array.Fill(limit, int.MaxValue);
        var node = count;
        foreach (var (from, to) in edges.OrderByDescending(edge => edge.From))
        {
            MoveAllBehind(from);
            limit[from] = Math.Min(limit[from], layers[to] - 1);
        }

        MoveAllBehind(-1);
        return WithoutGaps(layers);

        void MoveAllBehind(int position)
        {
            for (; node - 1 > position; node--)
            {
                if (movable[node - 1] && outs[node - 1] > 0)
                {
                    layers[node - 1] = limit[node - 1];
                }
            }
        }
    }

    private static int[] WithoutGaps(int[] layers)
    {
        var names = layers.Distinct().Order().Select((layer, i) => (layer, i)).ToDictionary(p => p.layer, p => p.i);
        return Array.ConvertAll(layers, layer => names[layer]);
    }
}
