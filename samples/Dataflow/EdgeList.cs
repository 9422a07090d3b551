/// <summary>A directed graph as pairs of vertices.</summary>
/// <param name="Vertices">The number of vertices, which are numbered from 0.</param>
/// <param name="Sources">Where each edge starts.</param>
/// <param name="Targets">Where it ends.</param>
public sealed record EdgeList(int Vertices, int[] Sources, int[] Targets)
{
    /// <summary>
    /// An R-MAT graph with the Graph500's probabilities 0.57, 0.19, 0.19, 0.05: few vertices have most of the edges, as in the web
    /// (Chakrabarti, Zhan, Faloutsos: R-MAT, a recursive model for graph mining, 2004). The same seed gives the same graph.
    /// </summary>
    public static EdgeList RMat(int scale, int edgesPerVertex, int seed)
    {
        var random = new Random(seed);
        var (sources, targets) = (new int[edgesPerVertex << scale], new int[edgesPerVertex << scale]);
        for (var edge = 0; edge < sources.Length; edge++)
        {
            var (source, target) = (0, 0);
            for (var bit = 0; bit < scale; bit++)
            {
                var p = random.NextDouble();
                source = (source << 1) | (p >= 0.76 ? 1 : 0);
                target = (target << 1) | (p is (>= 0.57 and < 0.76) or >= 0.95 ? 1 : 0);
            }

            (sources[edge], targets[edge]) = (source, target);
        }

        return new EdgeList(1 << scale, sources, targets);
    }
}
