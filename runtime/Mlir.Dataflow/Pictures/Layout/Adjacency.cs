namespace Mlir.Dataflow.Pictures;

/// <summary>The segments at each item of a layered graph, on one side, in arrays.</summary>
internal sealed class Adjacency
{
    private readonly int[] _starts;
    private readonly int[] _segments;

    private Adjacency(int[] starts, int[] segments)
    {
        _starts = starts;
        _segments = segments;
    }

    /// <summary>The segments at an item.</summary>
    public Span<int> this[int item] => _segments.AsSpan(_starts[item].._starts[item + 1]);

    /// <summary>Groups segments by the item at one of their ends; each group keeps their order.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="ends">The item of each segment.</param>
    public static Adjacency Create(int count, int[] ends)
    {
        var starts = new int[count + 1];
        foreach (var end in ends)
        {
            starts[end + 1]++;
        }

        for (var item = 0; item < count; item++)
        {
            starts[item + 1] += starts[item];
        }

        var next = starts.AsSpan(0, count).ToArray();
        var segments = new int[ends.Length];
        for (var segment = 0; segment < ends.Length; segment++)
        {
            segments[next[ends[segment]]++] = segment;
        }

        return new Adjacency(starts, segments);
    }
}
