namespace Mlir.Dataflow;

/// <summary>Who waits for whom in a task graph, as flat arrays: a graph may have a million tasks.</summary>
internal sealed class TaskDependencies
{
    private readonly int[] _starts;
    private readonly int[] _consumers;

    private TaskDependencies(int[] starts, int[] consumers, int[] uses, int[] pending, int[] roots)
    {
        _starts = starts;
        _consumers = consumers;
        Uses = uses;
        Pending = pending;
        Roots = roots;
    }

    /// <summary>How often each slot is read: by tasks, and as a wanted value.</summary>
    public int[] Uses { get; }

    /// <summary>How many arguments each task waits for.</summary>
    public int[] Pending { get; }

    /// <summary>The tasks that wait for nothing, in order.</summary>
    public int[] Roots { get; }

    /// <summary>The tasks that read a slot, as often as they read it.</summary>
    public ReadOnlySpan<int> ConsumersOf(int slot) => _consumers.AsSpan(_starts[slot].._starts[slot + 1]);

    /// <summary>Reads the dependencies off a graph.</summary>
    /// <exception cref="ArgumentException">The graph is broken: a slot does not exist, is filled twice, or is read before it is filled.</exception>
    public static TaskDependencies Of(TaskGraph graph)
    {
        // For each slot: 0 while nothing fills it, 1 when a value is there from the start, 2 when a task fills it.
        var filled = new byte[graph.Values];
        var starts = new int[graph.Values + 1];
        var uses = new int[graph.Values];
        foreach (var (slot, _) in graph.Inputs)
        {
            Fill(slot, 1, "the graph's inputs");
        }

        var pending = new int[graph.Tasks.Length];
        var roots = new List<int>();
        for (var i = 0; i < graph.Tasks.Length; i++)
        {
            var task = graph.Tasks[i];
            foreach (var slot in task.Arguments)
            {
                Check(slot, task.Name);
                uses[slot]++;
                starts[slot + 1]++;
                if (filled[slot] == 2)
                {
                    pending[i]++;
                }
            }

            if (pending[i] == 0)
            {
                roots.Add(i);
            }

            foreach (var slot in task.Results)
            {
                Fill(slot, 2, task.Name);
            }
        }

        foreach (var slot in graph.Outputs)
        {
            Check(slot, "the graph's outputs");
            uses[slot]++;
        }

        return new TaskDependencies(starts, Consumers(graph, starts), uses, pending, [.. roots]);

        void Check(int slot, string reader)
        {
            if ((uint)slot >= (uint)filled.Length || filled[slot] == 0)
            {
                throw new ArgumentException($"{reader}: slot {slot} is read before a task fills it", nameof(graph));
            }
        }

        void Fill(int slot, byte by, string writer)
        {
            if ((uint)slot >= (uint)filled.Length)
            {
                throw new ArgumentException(
                    $"{writer}: slot {slot} is filled, but the graph has {filled.Length}",
                    nameof(graph)
                );
            }

            if (filled[slot] != 0)
            {
                throw new ArgumentException($"{writer}: slot {slot} is filled twice", nameof(graph));
            }

            filled[slot] = by;
        }
    }

    // Turns the counts in starts into positions.
    private static int[] Consumers(TaskGraph graph, int[] starts)
    {
        for (var slot = 0; slot < graph.Values; slot++)
        {
            starts[slot + 1] += starts[slot];
        }

        var consumers = new int[starts[^1]];
        var next = starts[..^1];
        for (var i = 0; i < graph.Tasks.Length; i++)
        {
            foreach (var slot in graph.Tasks[i].Arguments)
            {
                consumers[next[slot]++] = i;
            }
        }

        return consumers;
    }
}
