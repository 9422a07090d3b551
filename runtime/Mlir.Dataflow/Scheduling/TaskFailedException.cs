using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A task of a graph failed; the exception that it threw is the inner one.</summary>
public sealed class TaskFailedException : Exception
{
    internal TaskFailedException(string task, CallSite site, Exception cause)
        : base($"the task {task}{(site.Line == 0 ? "" : $" of {site}")} failed: {cause.Message}", cause)
    {
        TaskName = task;
        Site = site;
    }

    /// <summary>The task's name.</summary>
    public string TaskName { get; }

    /// <summary>Where the user's program calls it.</summary>
    public CallSite Site { get; }
}
