namespace Mlir.Dataflow;

/// <summary>One of the workers of a run. It is on a thread of the pool while there is work, and off it otherwise.</summary>
internal sealed class LocalWorker : IThreadPoolWorkItem
{
    private readonly LocalRun _run;
    private int _awake;
    private volatile int _current = -1;

    public LocalWorker(LocalRun run, int index)
    {
        _run = run;
        Index = index;
    }

    /// <summary>Its position among the workers.</summary>
    public int Index { get; }

    /// <summary>The tasks that it made ready and did not begin.</summary>
    public TaskDeque Ready { get; } = new();

    /// <summary>The task that it runs; -1 for none.</summary>
    public int Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Claims the worker for a thread.</summary>
    /// <returns>False when it has one.</returns>
    public bool TryWake() => Volatile.Read(ref _awake) == 0 && Interlocked.CompareExchange(ref _awake, 1, 0) == 0;

    /// <summary>Gives up the thread.</summary>
    public void Sleep() => Interlocked.Exchange(ref _awake, 0);

    /// <summary>Runs tasks until there is no ready one left.</summary>
    public void WorkInContext() => _run.WorkInContext(this);

    /// <inheritdoc/>
    public void Execute() => _run.Work(this);
}
