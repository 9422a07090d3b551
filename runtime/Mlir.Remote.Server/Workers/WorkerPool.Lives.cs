using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <content>A worker's life, on its reader thread.</content>
internal sealed partial class WorkerPool
{
    private void Serve(WorkerProcess worker)
    {
        try
        {
            worker.Connect(options.StartTimeout);
        }
        catch (Exception failure)
        {
            OnNotStarted(worker, failure);
            return;
        }

        OnStarted(worker);
        while (worker.TryReceive(out var header, out var payload) && OnFrame(worker, header, payload)) { }
        OnExit(worker);
    }

    private void OnStarted(WorkerProcess worker)
    {
        WorkerRequest? next = null;
        lock (gate)
        {
            starting--;
            failedStarts = 0;
            Targets = [.. worker.Targets];
            Processor = worker.Processor;
            if (active.Count < wanted)
            {
                active.Add(worker);
                next = AssignNext(worker);
            }
            else
            {
                spare = worker;
            }

            if (active.Count >= Count)
            {
                ready.TrySetResult();
            }

            EnsureStarted();
        }

        LogStarted(worker.Id);
        if (next is not null)
        {
            worker.Send(next, worker.CurrentId);
        }
    }

    private void OnNotStarted(WorkerProcess worker, Exception failure)
    {
        worker.Kill(KillReason.Protocol);
        var exit = worker.Wait();
        worker.Dispose();
        OnNotStarted(worker, $"{failure.Message} ({WorkerProcess.Describe(exit)})");
    }

    private void OnNotStarted(WorkerProcess? worker, string why)
    {
        WorkerRequest[] hopeless = [];
        lock (gate)
        {
            if (worker is not null)
            {
                all.Remove(worker);
                readers.Remove(Thread.CurrentThread);
            }

            starting--;
            failedStarts++;
            startNotBefore = After(
                TimeSpan.FromMilliseconds(Math.Min(100L << Math.Min(failedStarts, 16), LongestBackoffMilliseconds))
            );
            if (active.Count == 0 && starting == 0)
            {
                hopeless = [.. queue];
                queue.Clear();
            }

            if (!disposed)
            {
                LogNotStarted(why);
                EnsureStarted();
            }
        }

        ready.TrySetException(new InvalidOperationException($"No worker process could be started: {why}"));
        foreach (var request in hopeless)
        {
            request.Fail(new ProtocolException(ErrorCode.Internal, $"No worker process could be started: {why}"));
        }
    }

    /// <summary>Takes a worker's answer.</summary>
    /// <returns>False when the worker is not to be listened to any more.</returns>
    private bool OnFrame(WorkerProcess worker, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        WorkerRequest? request;
        lock (gate)
        {
            request = worker.Current;
            if (request is not null && header.Kind == FrameKind.Loaded)
            {
                // Loading is the server's own business: the time of the call begins now.
                if (worker.HasLoaded() && !request.IsCancelled)
                {
                    worker.Started = Stopwatch.GetTimestamp();
                    worker.Deadline = After(request.Limit);
                }

                return true;
            }

            if (request is null || header.Id != worker.CurrentId)
            {
                worker.Kill(KillReason.Protocol);
                return false;
            }
        }

        try
        {
            request.Read(header.Kind, payload, worker);
        }
        catch (Exception nonsense) when (nonsense is InvalidDataException or OutOfMemoryException or ArgumentException)
        {
            LogNonsense(worker.Id, nonsense.Message);
            worker.Kill(KillReason.Protocol);
            return false;
        }

        worker.SendNotices();
        WorkerRequest? next = null;
        lock (gate)
        {
            Unassign(worker, request);

            // One that has been killed meanwhile gets nothing more.
            if (worker.KillReason == KillReason.None)
            {
                next = AssignNext(worker);
            }
        }

        if (next is not null)
        {
            worker.Send(next, worker.CurrentId);
        }

        request.Publish();
        return true;
    }

    private void OnExit(WorkerProcess worker)
    {
        var elapsed = Stopwatch.GetElapsedTime(worker.Started);
        WorkerProcess? replacement = null;
        WorkerRequest? next = null;
        WorkerRequest? request;
        bool ending;
        lock (gate)
        {
            ending = disposed;
            request = worker.Current;
            if (request is not null)
            {
                Unassign(worker, request);
            }

            all.Remove(worker);
            active.Remove(worker);
            idle.Remove(worker);
            if (spare == worker)
            {
                spare = null;
            }

            if (!ending)
            {
                if (worker.KillReason != KillReason.Surplus)
                {
                    Interlocked.Increment(ref restarts);
                }

                (replacement, next) = UseSpare();

                EnsureStarted();
            }
        }

        if (next is not null)
        {
            replacement!.Send(next, replacement.CurrentId);
        }

        var exit = worker.Wait();
        if (!ending && worker.KillReason != KillReason.Surplus)
        {
            LogDied(worker.Id, worker.KillReason, WorkerProcess.Describe(exit), request?.Activity ?? "being idle");
        }

        if (request is not null)
        {
            AfterDeath(request, worker.KillReason, exit, elapsed, ending, hadBegun: !worker.IsLoading);
        }

        worker.Dispose();
        lock (gate)
        {
            readers.Remove(Thread.CurrentThread);
        }
    }

    /// <summary>What becomes of a request whose worker died under it.</summary>
    private void AfterDeath(
        WorkerRequest request,
        KillReason reason,
        WorkerExit exit,
        TimeSpan elapsed,
        bool ending,
        bool hadBegun
    )
    {
        if (ending)
        {
            request.Fail(WorkerFailures.Unavailable());
        }
        else if (request.IsCancelled)
        {
            request.Fail(WorkerFailures.Cancelled());
        }
        else if (
            // Killed by somebody else, and not because of what it did: requests only read, so that another try is safe.
            exit.Signal == Worker.Interop.Libc.SigKill
            && reason == KillReason.None
            && (
                hadBegun
                    ? elapsed < request.Limit / 2 && request.Deaths++ < MaxDeaths
                    : request.FalseStarts++ < MaxFalseStarts
            )
        )
        {
            Submit(request, first: true);
        }
        else if (request.Split() is { } parts)
        {
            var token = request.Cancellation;
            request.Abandon();
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                parts[i].Watch(this, token);
                Submit(parts[i], first: true);
            }
        }
        else
        {
            request.Fail(WorkerFailures.Of(request, reason, exit, options.MaxProcessBytes));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Worker {Process} is ready")]
    private partial void LogStarted(int process);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker process could not be started: {Why}")]
    private partial void LogNotStarted(string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Worker {Process} died in {Activity} ({Reason}, {End}) and is replaced"
    )]
    private partial void LogDied(int process, KillReason reason, string end, string activity);

    [LoggerMessage(Level = LogLevel.Error, Message = "Worker {Process} sent what no worker sends: {What}")]
    private partial void LogNonsense(int process, string what);
}
