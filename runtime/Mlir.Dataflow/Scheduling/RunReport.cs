using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>What a run took, task by task.</summary>
public sealed class RunReport
{
    private readonly Lazy<Dictionary<Operation, TaskProfile>> _byOperation;

    /// <summary>A report.</summary>
    /// <param name="tasks">The tasks that ran, in the order in which they started.</param>
    /// <param name="elapsed">The time of the whole run.</param>
    public RunReport(ImmutableArray<TaskProfile> tasks, TimeSpan elapsed)
    {
        Tasks = tasks;
        Elapsed = elapsed;
        _byOperation = new Lazy<Dictionary<Operation, TaskProfile>>(MapOperations);
    }

    /// <summary>The tasks that ran, in the order in which they started.</summary>
    public ImmutableArray<TaskProfile> Tasks { get; }

    /// <summary>The time of the whole run.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The size of all results.</summary>
    public long Bytes => Tasks.Sum(t => t.Bytes);

    /// <summary>What the task took that carried out an operation of the plan's graph; false when none did.</summary>
    public bool TryGet(Operation operation, [NotNullWhen(true)] out TaskProfile? profile) =>
        _byOperation.Value.TryGetValue(operation, out profile);

    private Dictionary<Operation, TaskProfile> MapOperations()
    {
        var map = new Dictionary<Operation, TaskProfile>(ReferenceEqualityComparer.Instance);
        foreach (var profile in Tasks)
        {
            if (profile.Task.Operation is { } operation)
            {
                map[operation] = profile;
            }
        }

        return map;
    }
}
