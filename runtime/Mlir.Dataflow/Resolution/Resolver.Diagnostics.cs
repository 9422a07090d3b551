using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Mlir.Dataflow;

public sealed partial class Resolver
{
    private const int MostDiagnostics = 1000;
    private readonly ConcurrentQueue<FlowDiagnostic> _diagnostics = new();
    private readonly ConcurrentDictionary<(string Compiler, string Task, string Message), bool> _recorded = new();

    /// <summary>
    /// Why functions that name a compiler ran without it when they were called immediately, each reason once. A graph's own are with its plan.
    /// </summary>
    public ImmutableArray<FlowDiagnostic> Diagnostics => [.. _diagnostics];

    private void Record(FlowDiagnostic diagnostic)
    {
        if (
            _recorded.Count < MostDiagnostics
            && _recorded.TryAdd((diagnostic.Compiler, diagnostic.Task, diagnostic.Message), true)
        )
        {
            _diagnostics.Enqueue(diagnostic);
        }

        CompilerFailed?.Invoke(diagnostic);
    }
}
