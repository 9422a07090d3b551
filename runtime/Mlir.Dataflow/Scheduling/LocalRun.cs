using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>One run of a task graph by the <see cref="LocalScheduler"/>.</summary>
internal sealed class LocalRun
{
    // How often a worker without work looks again before it gives its thread back.
    private const int Spins = 20;

    private readonly TaskGraph _graph;
    private readonly GraphTask[] _tasks;
    private readonly TaskDependencies _dependencies;
    private readonly object?[] _slots;
    private readonly LocalWorker[] _workers;
    private readonly CancellationToken _userToken;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _token;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly RunRecorder? _recorder;
    private readonly ProgressReporter? _reporter;
    private readonly RunOptions _options;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<object?[]> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _nextRoot;
    private int _active;
    private int _done;
    private volatile bool _stopped;
    private TaskFailedException? _failure;

    public LocalRun(TaskGraph graph, RunOptions options, CancellationToken token)
    {
        _graph = graph;
        _options = options;
        _dependencies = TaskDependencies.Of(graph);
        _tasks = [.. graph.Tasks];
        _slots = new object?[graph.Values];
        foreach (var (slot, value) in graph.Inputs)
        {
            if (_dependencies.Uses[slot] > 0)
            {
                _slots[slot] = value;
            }
        }

        _userToken = token;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        _token = _stop.Token;
        var most = options.MaxParallelism == 0 ? Environment.ProcessorCount : options.MaxParallelism;
        _workers = new LocalWorker[Math.Clamp(most, 1, Math.Max(1, _tasks.Length))];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new LocalWorker(this, i);
        }

        _recorder = options is { TracePath: null, Completed: null } ? null : new RunRecorder(_tasks, _start);
        _reporter = options.Progress is { } progress
            ? new ProgressReporter(progress, options.ProgressInterval, Look)
            : null;
    }

    /// <summary>Starts the run.</summary>
    public Task<object?[]> Start()
    {
        _reporter?.Start();
        _active = 1;
        _workers[0].TryWake();

        // Before the first worker works: it counts as active until then, so that the run cannot be over while others are woken.
        Wake(_dependencies.Roots.Length - 1);
        if (TaskContext.IsInsideTask)
        {
            // The thread belongs to a task that may wait for this run: it works for the run first, so that the run needs no other thread.
            Work(_workers[0]);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(_workers[0], preferLocal: false);
        }

        return _completion.Task;
    }

    /// <summary>Runs tasks until there is no ready one left.</summary>
    public void Work(LocalWorker worker)
    {
        if (_context is null)
        {
            WorkInContext(worker);
        }
        else
        {
            ExecutionContext.Run(_context, static w => ((LocalWorker)w!).WorkInContext(), worker);
        }

        if (Interlocked.Decrement(ref _active) == 0)
        {
            Finish();
        }
    }

    /// <summary>As <see cref="Work"/>, within the context of whom the run was started by.</summary>
    public void WorkInContext(LocalWorker worker)
    {
        var before = TaskContext.Enter(_token);
        try
        {
            do
            {
                for (var task = Find(worker); task >= 0; )
                {
                    task = RunTask(worker, task) is >= 0 and var next && !ShouldStop() ? next : Find(worker);
                }

                worker.Sleep();

                // Work that was added before the worker slept woke nobody.
            } while (!ShouldStop() && HasReadyTask() && worker.TryWake());
        }
        finally
        {
            TaskContext.Leave(before);
        }
    }

    private bool ShouldStop() => _stopped || _token.IsCancellationRequested;

    private bool HasReadyTask()
    {
        if (Volatile.Read(ref _nextRoot) < _dependencies.Roots.Length)
        {
            return true;
        }

        foreach (var worker in _workers)
        {
            if (!worker.Ready.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next task for a worker: its own newest, one that waits for nothing, or another worker's oldest; -1 when there is none.</summary>
    private int Find(LocalWorker worker)
    {
        var wait = new SpinWait();
        for (var i = 0; i < Spins && !ShouldStop(); i++)
        {
            if (worker.Ready.Pop() is >= 0 and var own)
            {
                return own;
            }

            if (
                Volatile.Read(ref _nextRoot) < _dependencies.Roots.Length
                && Interlocked.Increment(ref _nextRoot) - 1 is var root
                && root < _dependencies.Roots.Length
            )
            {
                return _dependencies.Roots[root];
            }

            for (var other = 1; other < _workers.Length; other++)
            {
                if (_workers[(worker.Index + other) % _workers.Length].Ready.Steal() is >= 0 and var stolen)
                {
                    return stolen;
                }
            }

            if (_workers.Length == 1 || Volatile.Read(ref _active) == 1)
            {
                // Nobody else is there who could make a task ready.
                break;
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }

        return -1;
    }

    /// <summary>Runs a task and makes ready what waited for it only.</summary>
    /// <returns>A task that the same worker goes on with; -1 for none.</returns>
    private int RunTask(LocalWorker worker, int index)
    {
        var task = _tasks[index];
        worker.Current = index;
        try
        {
            Carry(task, index);
        }
        catch (OperationCanceledException) when (_token.IsCancellationRequested)
        {
            _stopped = true;
            return -1;
        }
        catch (Exception e)
        {
            Fail(task, e);
            return -1;
        }
        finally
        {
            worker.Current = -1;
        }

        Release(task);
        Interlocked.Increment(ref _done);
        _reporter?.TaskDone();
        return Notify(worker, task);
    }

    // A method of its own: its arguments must not stay reachable from the worker's frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Carry(GraphTask task, int index)
    {
        var slots = task.Arguments.AsSpan();
        var arguments = slots.IsEmpty ? [] : new object?[slots.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _slots[slots[i]];
        }

        object?[]? results = null;
        _recorder?.Started(index);
        try
        {
            results = task.Run(arguments);
        }
        finally
        {
            _recorder?.Ended(index, results);
        }

        if (results is null || results.Length != task.Results.Length)
        {
            throw new InvalidOperationException(
                $"it gave {results?.Length ?? 0} results, but its node has {task.Results.Length}"
            );
        }

        for (var i = 0; i < results.Length; i++)
        {
            var slot = task.Results[i];
            if (_dependencies.Uses[slot] > 0)
            {
                _slots[slot] = results[i];
            }
        }
    }

    private void Release(GraphTask task)
    {
        foreach (var slot in task.Arguments.AsSpan())
        {
            if (Interlocked.Decrement(ref _dependencies.Uses[slot]) == 0)
            {
                _slots[slot] = null;
            }
        }
    }

    private int Notify(LocalWorker worker, GraphTask task)
    {
        var next = -1;
        var added = 0;
        foreach (var slot in task.Results.AsSpan())
        {
            foreach (var consumer in _dependencies.ConsumersOf(slot))
            {
                if (Interlocked.Decrement(ref _dependencies.Pending[consumer]) != 0)
                {
                    continue;
                }

                if (next < 0)
                {
                    next = consumer;
                }
                else
                {
                    worker.Ready.Push(consumer);
                    added++;
                }
            }
        }

        if (added > 0)
        {
            Wake(added);
        }

        return next;
    }

    /// <summary>Puts up to <paramref name="tasks"/> sleeping workers on threads.</summary>
    private void Wake(int tasks)
    {
        if (tasks <= 0)
        {
            return;
        }

        // A worker that goes to sleep looks for tasks once more after it said so: either it sees the new ones, or it is seen asleep here.
        Interlocked.MemoryBarrier();
        foreach (var worker in _workers)
        {
            if (worker.TryWake())
            {
                Interlocked.Increment(ref _active);
                ThreadPool.UnsafeQueueUserWorkItem(worker, preferLocal: false);
                if (--tasks == 0)
                {
                    return;
                }
            }
        }
    }

    private void Fail(GraphTask task, Exception cause)
    {
        if (
            Interlocked.CompareExchange(ref _failure, new TaskFailedException(task.Name, task.Site, cause), null)
            is null
        )
        {
            _stopped = true;

            // The tasks that run get the chance to end early.
            _stop.Cancel();
        }
    }

    private RunProgress Look(bool isOver) =>
        new(
            Volatile.Read(ref _done),
            _tasks.Length,
            [.. _workers.Select(w => w.Current).Where(t => t >= 0).Select(t => _tasks[t].Name)],
            Stopwatch.GetElapsedTime(_start),
            isOver
        );

    private void Finish()
    {
        Exception? trouble = null;
        try
        {
            _reporter?.Finish();
            if (_recorder?.ToReport() is { } report)
            {
                if (_options.TracePath is { } path)
                {
                    TraceFile.Write(path, report);
                }

                _options.Completed?.Invoke(report);
            }
        }
        catch (Exception e)
        {
            trouble = e;
        }

        if (_failure is not null)
        {
            _completion.SetException(_failure);
        }
        else if (_done < _tasks.Length)
        {
            _completion.SetCanceled(_userToken);
        }
        else if (trouble is not null)
        {
            _completion.SetException(trouble);
        }
        else
        {
            _completion.SetResult([.. _graph.Outputs.Select(slot => _slots[slot])]);
        }

        _stop.Dispose();
    }
}
