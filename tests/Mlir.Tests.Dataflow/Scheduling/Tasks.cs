using System.Collections.Immutable;
using Mlir.Dataflow;
using Mlir.Frontend;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>Builds task graphs by hand: each task fills one slot.</summary>
internal sealed class Tasks
{
    private readonly ImmutableArray<GraphTask>.Builder _tasks = ImmutableArray.CreateBuilder<GraphTask>();
    private readonly List<KeyValuePair<int, object?>> _inputs = [];
    private int _slots;

    /// <summary>A value that is there from the start.</summary>
    public int Input(object? value)
    {
        _inputs.Add(new(_slots, value));
        return _slots++;
    }

    /// <summary>A task; gives its slot.</summary>
    public int Add(string name, Func<object?[], object?> run, params ImmutableArray<int> arguments)
    {
        var site = new CallSite("/src/Program.cs", _tasks.Count + 1, "");
        _tasks.Add(new GraphTask(name, TaskKind.Foreign, site, arguments, [_slots], a => [run(a)]));
        return _slots++;
    }

    public TaskGraph Graph(params ImmutableArray<int> outputs) =>
        new(_tasks.ToImmutable(), _slots, [.. _inputs], outputs);

    public Task<object?[]> RunAsync(
        ImmutableArray<int> outputs,
        RunOptions? options = null,
        CancellationToken token = default
    ) => LocalScheduler.Instance.RunAsync(Graph(outputs), options ?? RunOptions.Default, token);
}
