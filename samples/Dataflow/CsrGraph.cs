/// <summary>A directed graph as compressed sparse rows: the edges sorted by where they start.</summary>
/// <param name="Offsets">Where the edges of each vertex begin in <paramref name="Targets"/>; one more than there are vertices.</param>
/// <param name="Targets">Where each edge ends.</param>
public sealed record CsrGraph(int[] Offsets, int[] Targets)
{
    /// <summary>The number of vertices.</summary>
    public int Vertices => Offsets.Length - 1;
}
