namespace Mlir.Dataflow;

/// <summary>Runs task graphs: on this machine's cores, or elsewhere.</summary>
public interface IScheduler
{
    /// <summary>Runs every task of a graph and gives the wanted values.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How to run it, and who is told how far it is.</param>
    /// <param name="cancellationToken">Stops the run: no further task starts.</param>
    /// <exception cref="TaskFailedException">A task failed; the message names it and its call site.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Task<object?[]> RunAsync(TaskGraph graph, RunOptions options, CancellationToken cancellationToken);
}
