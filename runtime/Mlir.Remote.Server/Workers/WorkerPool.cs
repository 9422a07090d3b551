using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;

namespace Mlir.Remote.Server.Workers;

/// <summary>
/// The worker processes that compile and run what clients send. Each does one thing at a time; what finds none idle waits its turn. What
/// kills a worker fails alone: a spare takes the dead one's place at once. Thread-safe.
/// </summary>
/// <remarks>
/// A call is sent on the thread that makes it, and its task ends on the thread that reads the worker's answer, continuations included:
/// they must not block.
/// </remarks>
internal sealed partial class WorkerPool : IAsyncDisposable
{
    private const int TickMilliseconds = 20;
    private const int TicksPerBusyCheck = 3;
    private const int TicksPerIdleCheck = 50;
    private const int LongestBackoffMilliseconds = 10_000;
    private const int MaxFalseStarts = 10;

    // How often a request is run again whose worker somebody killed. Once is too few where workers are killed one after the other; what makes the
    // system kill them by itself must not go on for long.
    private const int MaxDeaths = 3;

    // A frame of a batch: large enough to hide what a frame costs, small enough for the other workers to take part.
    private const int FewestCallsToShare = 64;
    private const int MostCallsPerFrame = 4096;
    private const int MostArrayCallsPerFrame = 64;
    private const long MostBytesPerFrame = 8 << 20;

    // Loading costs milliseconds, but the interpreter compiles anew.
    private static readonly TimeSpan MaxLoading = TimeSpan.FromSeconds(60);

    private readonly WorkerOptions options;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly List<WorkerProcess> all = [];
    private readonly List<WorkerProcess> active = [];
    private readonly List<WorkerProcess> idle = [];
    private readonly List<Thread> readers = [];
    private readonly LinkedList<WorkerRequest> queue = [];
    private readonly Dictionary<object, int> running = new(ReferenceEqualityComparer.Instance);
    private readonly int most;
    private readonly AutoResetEvent wake = new(false);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread keeper;
    private WorkerProcess? spare;
    private int wanted;
    private long lastCrowd;
    private int starting;
    private int toStart;
    private int failedStarts;
    private long startNotBefore;
    private long lastRequest;
    private long lastUnit;
    private long restarts;
    private bool disposed;
    private bool stopped;

    private WorkerPool(WorkerOptions options, ILogger logger)
    {
        this.options = options;
        this.logger = logger;
        wanted = options.Count;
        most = Math.Max(options.Count, options.MaxCount > 0 ? options.MaxCount : options.Count * 4);
        keeper = new Thread(Keep) { IsBackground = true, Name = "mlir-keeper" };
    }

    /// <summary>The workers that run calls.</summary>
    public int Count => options.Count;

    /// <summary>How many workers have died and were replaced.</summary>
    public long Restarts => Interlocked.Read(ref restarts);

    /// <summary>The requests that wait for a worker.</summary>
    public int Queued
    {
        get
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    /// <summary>The targets that modules can be compiled for, the default one first.</summary>
    public ImmutableArray<string> Targets { get; private set; } = [];

    /// <summary>The processor that modules are compiled for.</summary>
    public string Processor { get; private set; } = "";

    /// <summary>The process numbers of the workers that run calls; for tests and diagnosis.</summary>
    public ImmutableArray<int> ProcessIds
    {
        get
        {
            lock (gate)
            {
                return [.. active.Select(static worker => worker.Id)];
            }
        }
    }

    /// <summary>The process number of the worker that waits to replace one that dies; null while it starts.</summary>
    public int? SpareProcessId
    {
        get
        {
            lock (gate)
            {
                return spare?.Id;
            }
        }
    }

    /// <summary>Starts the workers and waits until they are ready.</summary>
    /// <exception cref="InvalidOperationException">A worker cannot be started.</exception>
    public static async Task<WorkerPool> StartAsync(WorkerOptions options, ILogger logger, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "The remote executor's server needs Linux: it isolates calls by its means."
            );
        }

        var pool = new WorkerPool(options, logger);
        try
        {
            lock (pool.gate)
            {
                pool.EnsureStarted();
            }

            pool.keeper.Start();
            await pool.ready.Task.WaitAsync(ct).ConfigureAwait(false);
            return pool;
        }
        catch
        {
            await pool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Checks and compiles a module.</summary>
    /// <param name="module">Its text, as UTF-8; must not change before the task ends.</param>
    /// <param name="target">One of <see cref="Targets"/>; empty for the first.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="owner">Who wants it.</param>
    /// <exception cref="ProtocolException">The module is refused, a limit exceeded, or the request cancelled.</exception>
    public Task<CompiledUnit> CompileAsync(
        ReadOnlyMemory<byte> module,
        string target,
        CompileLimits limits,
        CancellationToken ct,
        object? owner = null
    )
    {
        var request = new CompileRequest(Interlocked.Increment(ref lastUnit), module, target, limits.Time)
        {
            Owner = owner,
        };
        Start(request, ct);
        return request.Result;
    }

    /// <summary>The module at every level, from its text down to assembly.</summary>
    /// <inheritdoc cref="CompileAsync"/>
    public Task<ImmutableArray<(string Stage, string Text)>> ListAsync(
        ReadOnlyMemory<byte> module,
        string target,
        CompileLimits limits,
        CancellationToken ct,
        object? owner = null
    )
    {
        var request = new ListRequest(module, target, limits.Time) { Owner = owner };
        Start(request, ct);
        return request.Result;
    }

    /// <summary>Calls a function.</summary>
    /// <exception cref="ProtocolException">The arguments do not fit, or the call could not be run to its end.</exception>
    public Task<WorkerResult> CallAsync(WorkerCall call, CancellationToken ct)
    {
        try
        {
            CallCodec.Check(call);
        }
        catch (ProtocolException refused)
        {
            return Task.FromException<WorkerResult>(refused);
        }

        var request = new CallRequest(call) { Owner = call.Owner };
        Start(request, ct);
        return request.Result;
    }

    /// <summary>Makes many calls. Each succeeds or fails alone.</summary>
    public Task<WorkerOutcome[]> CallManyAsync(IReadOnlyList<WorkerCall> calls, CancellationToken ct)
    {
        if (calls.Count == 0)
        {
            return Task.FromResult<WorkerOutcome[]>([]);
        }

        var batch = new CallBatch(calls.Count);
        var most = Math.Clamp((calls.Count + Count - 1) / Count, FewestCallsToShare, MostCallsPerFrame);
        var places = new int[calls.Count];
        var taken = new WorkerCall[calls.Count];
        var first = 0;
        var count = 0;
        long bytes = 0;
        for (var i = 0; i < calls.Count; i++)
        {
            var call = calls[i];
            try
            {
                CallCodec.Check(call);
            }
            catch (ProtocolException refused)
            {
                batch.Set([i], [new WorkerOutcome(null, refused)]);
                continue;
            }

            var function = call.Unit.Functions[call.Function];
            var limit = function.ScalarResults < function.Results.Length ? MostArrayCallsPerFrame : most;
            if (count - first >= limit || bytes > MostBytesPerFrame)
            {
                Send(first, count);
                first = count;
                bytes = 0;
            }

            (places[count], taken[count++]) = (i, call);
            bytes +=
                call.Packed.Length
                + ((long)call.Count * function.ScalarResults * sizeof(long))
                + call.Arrays.Sum(static array => (long)array.Inline.Length);
        }

        if (count > first)
        {
            Send(first, count);
        }

        return batch.Result;

        void Send(int from, int to) =>
            Start(
                new BatchRequest(
                    batch,
                    new ArraySegment<int>(places, from, to - from),
                    new ArraySegment<WorkerCall>(taken, from, to - from)
                )
                {
                    Owner = taken[from].Owner,
                },
                ct
            );
    }

    /// <summary>Makes the workers that loaded a unit drop it. Calls that are running end as if nothing had happened.</summary>
    /// <param name="unit">The unit; it must not be called any more.</param>
    public void Forget(CompiledUnit unit) => Notify(worker => worker.Forget(unit.Id));

    /// <summary>Ends all workers. What runs or waits fails.</summary>
    public async ValueTask DisposeAsync()
    {
        WorkerRequest[] waiting;
        Thread[] threads;
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            waiting = [.. queue];
            queue.Clear();
            foreach (var worker in all)
            {
                worker.Kill(KillReason.Disposed);
            }

            threads = [.. readers];
        }

        ready.TrySetException(new ObjectDisposedException(nameof(WorkerPool)));
        foreach (var request in waiting)
        {
            request.Fail(WorkerFailures.Unavailable());
        }

        await Task
            .Factory.StartNew(
                () =>
                {
                    foreach (var thread in threads)
                    {
                        thread.Join();
                    }

                    Volatile.Write(ref stopped, true);
                    wake.Set();
                    if (keeper.ThreadState != System.Threading.ThreadState.Unstarted)
                    {
                        keeper.Join();
                    }
                },
                TaskCreationOptions.LongRunning
            )
            .ConfigureAwait(false);
        wake.Dispose();
    }

    /// <summary>A request's caller does not want it any more.</summary>
    internal void Cancel(WorkerRequest request)
    {
        lock (gate)
        {
            if (request.Worker is { } worker)
            {
                // It may end by itself; a worker is worth a moment of waiting.
                worker.Deadline = Math.Min(worker.Deadline, After(options.CancellationGrace));
                return;
            }

            queue.Remove(request);
        }

        request.Fail(WorkerFailures.Cancelled());
    }

    private void Start(WorkerRequest request, CancellationToken ct)
    {
        request.Watch(this, ct);
        Submit(request, first: false);
    }

    private void Submit(WorkerRequest request, bool first)
    {
        WorkerProcess? worker = null;
        ProtocolException? refused = null;
        lock (gate)
        {
            if (disposed)
            {
                refused = WorkerFailures.Unavailable();
            }
            else if (request.IsCancelled)
            {
                refused = WorkerFailures.Cancelled();
            }
            else if (idle.Count > 0 && MayRun(request))
            {
                // The one that worked last: its memory is warm.
                worker = idle[^1];
                idle.RemoveAt(idle.Count - 1);
                Assign(worker, request);
            }
            else
            {
                request.WaitingSince = Stopwatch.GetTimestamp();
                if (first)
                {
                    queue.AddFirst(request);
                }
                else
                {
                    queue.AddLast(request);
                }
            }
        }

        worker?.Send(request, worker.CurrentId);
        if (refused is not null)
        {
            request.Fail(refused);
        }
    }

    private void Assign(WorkerProcess worker, WorkerRequest request)
    {
        worker.Current = request;
        worker.CurrentId = ++lastRequest;
        worker.Started = Stopwatch.GetTimestamp();
        worker.Deadline = After(request.Limit);
        request.Worker = worker;
        if (request.Owner is { } owner)
        {
            running[owner] = running.GetValueOrDefault(owner) + 1;
        }
    }

    /// <summary>A request's worker has done with it.</summary>
    private void Unassign(WorkerProcess worker, WorkerRequest request)
    {
        worker.Current = null;
        worker.Deadline = long.MaxValue;
        request.Worker = null;
        if (request.Owner is { } owner && --CollectionsMarshal.GetValueRefOrNullRef(running, owner) == 0)
        {
            running.Remove(owner);
        }
    }

    /// <summary>The next request goes to a worker, or the worker waits.</summary>
    private WorkerRequest? AssignNext(WorkerProcess worker)
    {
        var node = queue.First;
        while (node is not null && !MayRun(node.Value))
        {
            node = node.Next;
        }

        if (node is null)
        {
            idle.Add(worker);
            return null;
        }

        queue.Remove(node);
        Assign(worker, node.Value);
        return node.Value;
    }

    /// <summary>Whether the owner has a worker to claim: nobody takes so many that there is none left for others.</summary>
    private bool MayRun(WorkerRequest request) =>
        request.Owner is not { } owner || running.GetValueOrDefault(owner) < Math.Max(Count, most / 2);

    private void Notify(Func<WorkerProcess, bool> note)
    {
        WorkerProcess[] workers;
        lock (gate)
        {
            workers = [.. all];
        }

        foreach (var worker in workers)
        {
            if (note(worker))
            {
                bool isIdle;
                lock (gate)
                {
                    isIdle = idle.Contains(worker);
                }

                if (isIdle)
                {
                    worker.SendNotices();
                }
            }
        }
    }

    private void OnSegmentFreed(Segment segment) => Notify(worker => worker.Unmap(segment.Id));

    private static long After(TimeSpan time)
    {
        var ticks = time.TotalSeconds * Stopwatch.Frequency;
        return ticks < long.MaxValue / 4 ? Stopwatch.GetTimestamp() + (long)ticks : long.MaxValue;
    }
}
