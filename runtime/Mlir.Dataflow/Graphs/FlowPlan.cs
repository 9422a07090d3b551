using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Dialects.Flow;

namespace Mlir.Dataflow;

/// <summary>What computing values of a graph runs.</summary>
public sealed class FlowPlan
{
    private readonly ConcurrentDictionary<FlowDiagnostic, FlowDiagnostic> _diagnostics = new();
    private readonly ConcurrentQueue<FlowDiagnostic> _order = new();
    private readonly Lazy<TaskGraph> _tasks;

    internal FlowPlan(
        Flow flow,
        ImmutableArray<FlowValue> wanted,
        GraphOp graph,
        bool optimized,
        IReadOnlyDictionary<string, ICompiler> compilers
    )
    {
        Wanted = wanted;
        Compilers = compilers;
        Graph = graph;
        Optimized = optimized;
        _tasks = new Lazy<TaskGraph>(() => new FlowPlanner(flow, optimized, Report).Plan(Graph));
    }

    /// <summary>The graph that is run; <see cref="RunReport.TryGet"/> knows its operations.</summary>
    public GraphOp Graph { get; }

    /// <summary>Whether the graph was optimized.</summary>
    public bool Optimized { get; }

    /// <summary>What a scheduler runs. The groups of tasks that passes fused are compiled when it is first asked for.</summary>
    public TaskGraph Tasks => _tasks.Value;

    /// <summary>The compilers' failures so far, each once; the tasks concerned run one by one.</summary>
    public ImmutableArray<FlowDiagnostic> Diagnostics => [.. _order];

    internal ImmutableArray<FlowValue> Wanted { get; }

    /// <summary>The compilers that there were when the plan was made.</summary>
    internal IReadOnlyDictionary<string, ICompiler> Compilers { get; }

    /// <summary>Whether everything is compiled.</summary>
    internal bool IsReady => _tasks.IsValueCreated;

    /// <summary>Runs the plan.</summary>
    /// <param name="options">How; null for <see cref="ComputeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the run: no further task starts.</param>
    /// <returns>The values, in the order in which they were asked for.</returns>
    /// <exception cref="TaskFailedException">A task failed; the message names it and its call site.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<object?[]> ComputeAsync(
        ComputeOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= ComputeOptions.Default;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await options
                .Scheduler.RunAsync(Tasks, options.ToRunOptions(), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            if (options.Diagnostic is { } listener)
            {
                foreach (var diagnostic in Diagnostics)
                {
                    listener(diagnostic);
                }
            }
        }
    }

    /// <summary>The graph in the text of the flow dialect.</summary>
    public override string ToString() => Mlir.IR.Text.MlirText.Print(Graph);

    private void Report(FlowDiagnostic diagnostic)
    {
        // The same failure comes again with every run, with another exception.
        if (_diagnostics.TryAdd(diagnostic with { Cause = null }, diagnostic))
        {
            _order.Enqueue(diagnostic);
        }
    }
}
