using System.Diagnostics;

namespace Mlir.Remote.Server.Workers;

/// <content>The keeper's thread: starts workers, and ends those that break a limit.</content>
internal sealed partial class WorkerPool
{
    /// <summary>Asks the keeper for what is missing: workers first, then one spare.</summary>
    private void EnsureStarted()
    {
        if (disposed)
        {
            return;
        }

        var missing =
            active.Count < wanted ? wanted - active.Count - starting
            : spare is null && starting == 0 ? 1
            : 0;
        if (missing > 0)
        {
            toStart += missing;
            starting += missing;
            wake.Set();
        }
    }

    /// <remarks>
    /// Workers are started on this thread because it outlives them: the system ends a worker when the thread that started it ends.
    /// </remarks>
    private void Keep()
    {
        for (var tick = 0L; !Volatile.Read(ref stopped); tick++)
        {
            StartMissing();
            CheckTimes();
            CheckWaiting();
            if (tick % TicksPerBusyCheck == 0)
            {
                CheckMemory(onlyBusy: tick % TicksPerIdleCheck != 0);
            }

            wake.WaitOne(TickMilliseconds);
        }
    }

    private void StartMissing()
    {
        while (true)
        {
            bool isSpare;
            lock (gate)
            {
                if (toStart == 0 || disposed || Stopwatch.GetTimestamp() < startNotBefore)
                {
                    return;
                }

                toStart--;
                isSpare = active.Count >= wanted;
            }

            WorkerProcess worker;
            try
            {
                worker = WorkerProcess.Start(options, isSpare, OnSegmentFreed);
            }
            catch (Exception failure)
            {
                OnNotStarted(null, failure.Message);
                continue;
            }

            var reader = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"mlir-worker-{worker.Id}" };
            lock (gate)
            {
                all.Add(worker);
                readers.Add(reader);
                reader.Start();
                if (disposed)
                {
                    worker.Kill(KillReason.Disposed);
                }
            }
        }
    }

    private void CheckTimes()
    {
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var worker in active)
            {
                if (
                    now > worker.Deadline
                    && worker.Current is { } request
                    && (
                        !worker.IsLoading
                        || request.IsCancelled
                        || Stopwatch.GetElapsedTime(worker.Started) > MaxLoading
                    )
                )
                {
                    worker.Deadline = long.MaxValue;
                    worker.Kill(request.IsCancelled ? KillReason.Cancelled : KillReason.Timeout);
                }
            }
        }
    }

    /// <summary>
    /// While all workers are busy and others wait, there is one more; when that is over, those that are too many go. So long calls hold up nobody.
    /// </summary>
    private void CheckWaiting()
    {
        WorkerProcess? more = null;
        WorkerRequest? next = null;
        lock (gate)
        {
            var waits = queue.Any(r => MayRun(r) && Stopwatch.GetElapsedTime(r.WaitingSince) > options.Patience);
            if (waits)
            {
                lastCrowd = Stopwatch.GetTimestamp();
                if (wanted < most && active.Count >= wanted && starting == 0)
                {
                    wanted++;
                    (more, next) = UseSpare();
                    EnsureStarted();
                }
            }
            else if (
                wanted > Count
                && idle.Count > 0
                && active.Count >= wanted
                && Stopwatch.GetElapsedTime(lastCrowd) > options.SurplusTime
            )
            {
                wanted--;
                var surplus = idle[0];
                idle.RemoveAt(0);
                active.Remove(surplus);
                surplus.Kill(KillReason.Surplus);
            }
        }

        if (next is not null)
        {
            more!.Send(next, more.CurrentId);
        }
    }

    /// <summary>The spare becomes a worker where one is missing.</summary>
    private (WorkerProcess? Worker, WorkerRequest? Next) UseSpare()
    {
        if (spare is not { } worker || active.Count >= wanted)
        {
            return default;
        }

        spare = null;
        active.Add(worker);
        return (worker, AssignNext(worker));
    }

    private void CheckMemory(bool onlyBusy)
    {
        lock (gate)
        {
            foreach (var worker in active)
            {
                if ((worker.Current is not null || !onlyBusy) && worker.ReadPrivateBytes() > options.MaxProcessBytes)
                {
                    worker.Kill(KillReason.Memory);
                }
            }
        }
    }
}
