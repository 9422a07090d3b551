using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>Runs each task that can travel in a process of its own, one after the other.</summary>
internal sealed class ProcessScheduler(string target, Type plugin) : IScheduler
{
    /// <summary>The tasks that ran elsewhere.</summary>
    public List<string> Travelled { get; } = [];

    public Task<object?[]> RunAsync(TaskGraph graph, RunOptions options, CancellationToken cancellationToken)
    {
        var values = new object?[graph.Values];
        foreach (var (slot, value) in graph.Inputs)
        {
            values[slot] = value;
        }

        foreach (var task in graph.Tasks)
        {
            object?[] arguments = [.. task.Arguments.Select(slot => values[slot])];
            var results = task.Portable is { } portable ? Travel(task, portable, arguments) : task.Run(arguments);
            foreach (var (slot, result) in task.Results.Zip(results))
            {
                values[slot] = result;
            }
        }

        return Task.FromResult<object?[]>([.. graph.Outputs.Select(slot => values[slot])]);
    }

    private object?[] Travel(GraphTask task, PortableTask portable, object?[] arguments)
    {
        var bytes = portable.ToBytes(arguments, out var all);
        var (results, errors) = TaskProcess.Run(bytes, SerializedValues.Write(all), target, plugin);
        Assert.That(errors, Is.Empty);
        Travelled.Add(task.Name);
        return SerializedValues.Read(results!);
    }
}
