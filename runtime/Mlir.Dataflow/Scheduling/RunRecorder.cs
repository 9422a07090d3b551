using System.Diagnostics;

namespace Mlir.Dataflow;

/// <summary>Notes when each task ran, where, and what it gave.</summary>
internal sealed class RunRecorder
{
    private readonly GraphTask[] _tasks;
    private readonly long _start;
    private readonly long[] _started;
    private readonly long[] _ended;
    private readonly long[] _bytes;
    private readonly int[] _threads;

    public RunRecorder(GraphTask[] tasks, long start)
    {
        _tasks = tasks;
        _start = start;
        _started = new long[tasks.Length];
        _ended = new long[tasks.Length];
        _bytes = new long[tasks.Length];
        _threads = new int[tasks.Length];
    }

    /// <summary>A task starts on the current thread.</summary>
    public void Started(int task)
    {
        _threads[task] = Environment.CurrentManagedThreadId;
        _started[task] = Stopwatch.GetTimestamp();
    }

    /// <summary>A task ended; without results if it failed.</summary>
    public void Ended(int task, object?[]? results)
    {
        _ended[task] = Stopwatch.GetTimestamp();
        foreach (var result in results ?? [])
        {
            _bytes[task] += DataSize.Of(result);
        }
    }

    /// <summary>What was noted, once the run is over.</summary>
    public RunReport ToReport()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        var order = Enumerable.Range(0, _tasks.Length).Where(i => _ended[i] != 0).OrderBy(i => _started[i]);
        return new RunReport(
            [
                .. order.Select(i => new TaskProfile(
                    _tasks[i],
                    Stopwatch.GetElapsedTime(_start, _started[i]),
                    Stopwatch.GetElapsedTime(_started[i], _ended[i]),
                    _bytes[i],
                    _threads[i]
                )),
            ],
            elapsed
        );
    }
}
