namespace Mlir.Dataflow;

/// <summary>What a group of tasks is called in messages.</summary>
internal static class TaskNames
{
    private const int Most = 8;

    /// <summary>The functions in order of execution; the middle of a long list is left out.</summary>
    public static string Of(Subgraph subgraph)
    {
        var tasks = subgraph.Tasks;
        return tasks.Length <= Most
            ? subgraph.ToString()
            : $"{string.Join(" → ", tasks.Take(Most - 1).Select(t => t.Function.Id))} → … → {tasks[^1].Function.Id} ({tasks.Length} tasks)";
    }
}
