using System.Collections.Immutable;
using Mlir.Dialects.Flow;
using Mlir.Lowering;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    // A plan holds a copy of what it runs, so that few are kept.
    private const int MaxPlans = 8;
    private readonly List<FlowPlan> _plans = [];

    /// <summary>Computes several values at once; what they have in common is computed once.</summary>
    /// <exception cref="TaskFailedException">A task failed; the message names it and its call site.</exception>
    public Task<object?[]> ComputeAsync(params ReadOnlySpan<FlowValue> values) => ComputeAsync([.. values], null);

    /// <summary>Computes several values at once; what they have in common is computed once.</summary>
    /// <param name="values">The values.</param>
    /// <param name="options">How; null for <see cref="ComputeOptions.Default"/>.</param>
    /// <param name="optimized">False to run the graph as it was built, task by task.</param>
    /// <param name="cancellationToken">Stops the run: no further task starts.</param>
    /// <returns>The values, in the order in which they were asked for.</returns>
    /// <exception cref="TaskFailedException">A task failed; the message names it and its call site.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public Task<object?[]> ComputeAsync(
        IReadOnlyCollection<FlowValue> values,
        ComputeOptions? options,
        bool optimized = true,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<FlowValue> wanted = [.. values];

        // Optimizing and compiling take their time, which the caller's thread has not. A task's thread has: nothing may need another one.
        return TaskContext.IsInsideTask || FindPlan(wanted, optimized) is { IsReady: true }
            ? ComputeHereAsync()
            : Task.Run(ComputeHereAsync, cancellationToken);

        Task<object?[]> ComputeHereAsync() => Plan(wanted, optimized).ComputeAsync(options, cancellationToken);
    }

    /// <summary>What computing values would run, for reading.</summary>
    /// <param name="values">The values.</param>
    /// <param name="optimized">False for the graph as it was built.</param>
    public FlowPlan Plan(IReadOnlyCollection<FlowValue> values, bool optimized = true)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<FlowValue> wanted = [.. values];
        if (FindPlan(wanted, optimized) is { } known)
        {
            return known;
        }

        // Without the lock: another thread may go on building meanwhile.
        var compilers = Resolver.Compilers;
        var graph = GetGraph(wanted);
        if (optimized)
        {
            ImmutableArray<string> parallel =
            [
                .. compilers.Values.Where(c => c.RunsInParallel).Select(c => c.Name).Order(StringComparer.Ordinal),
            ];
            new PassManager().RunOrThrow(FlowOptimizer.Pipeline(parallel), graph);
        }

        var made = new FlowPlan(this, wanted, graph, optimized, compilers);
        lock (_lock)
        {
            if (_plans.Count == MaxPlans)
            {
                _plans.RemoveAt(0);
            }

            _plans.Add(made);
        }

        return made;
    }

    // A compiler that was added since may compile what the plan runs task by task.
    private FlowPlan? FindPlan(ImmutableArray<FlowValue> wanted, bool optimized)
    {
        lock (_lock)
        {
            var index = _plans.FindIndex(p =>
                p.Optimized == optimized
                && ReferenceEquals(p.Compilers, Resolver.Compilers)
                && p.Wanted.AsSpan().SequenceEqual(wanted.AsSpan())
            );
            if (index < 0)
            {
                return null;
            }

            // The last one is the one that was used last.
            var plan = _plans[index];
            _plans.RemoveAt(index);
            _plans.Add(plan);
            return plan;
        }
    }

    /// <summary>A copy of the part of the graph that values need, which ends with them. Changing it changes nothing else.</summary>
    /// <exception cref="ArgumentException">A value belongs to another graph.</exception>
    public GraphOp GetGraph(params IReadOnlyCollection<FlowValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            if (value.Flow != this)
            {
                throw new ArgumentException(
                    $"the value {value} belongs to another graph, {value.Flow.Name}",
                    nameof(values)
                );
            }
        }

        lock (_lock)
        {
            return FlowOptimizer.Extract(_graph, [.. values.Select(v => v.Result)]);
        }
    }
}
