using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>Something that one worker does at a time: a compilation, or calls.</summary>
/// <param name="limit">How long it may run.</param>
internal abstract class WorkerRequest(TimeSpan limit)
{
    private CancellationTokenRegistration registration;
    private int finished;
    private bool cancelled;

    /// <summary>How long it may run.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>Who wants it; no owner may have more than a share of the workers. Null for nobody in particular.</summary>
    public object? Owner { get; init; }

    /// <summary>When it began to wait for a worker, in ticks of the stopwatch. Guarded by the pool.</summary>
    public long WaitingSince { get; set; }

    /// <summary>How often a worker was killed under it by somebody else.</summary>
    public int Deaths { get; set; }

    /// <summary>How often a worker was killed by somebody else while it still loaded the code.</summary>
    public int FalseStarts { get; set; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsFinished => Volatile.Read(ref finished) != 0;

    /// <summary>Whether its caller has cancelled it.</summary>
    public bool IsCancelled => Volatile.Read(ref cancelled);

    /// <summary>The worker that it runs on; null while it waits. Guarded by the pool.</summary>
    public WorkerProcess? Worker { get; set; }

    /// <summary>What the request is, for messages: "compiling", "the call".</summary>
    public abstract string Activity { get; }

    /// <summary>The limit that a timeout exceeds, as the protocol names it; null for a plain timeout.</summary>
    public virtual string? TimeLimitName => null;

    /// <summary>The requests to make instead when its worker died: calls that share a frame are told apart by running them alone.</summary>
    public virtual IReadOnlyList<WorkerRequest>? Split() => null;

    /// <summary>Writes the frame, and before it those that make the worker ready for it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="id">The id of the request.</param>
    /// <param name="worker">Who is going to read it.</param>
    public abstract void Write(MessageWriter writer, long id, WorkerProcess worker);

    /// <summary>Reads the worker's answer, and keeps it until <see cref="Publish"/>.</summary>
    /// <exception cref="InvalidDataException">The answer is none.</exception>
    public abstract void Read(FrameKind kind, ReadOnlySpan<byte> payload, WorkerProcess worker);

    /// <summary>Tells the caller what <see cref="Read"/> found.</summary>
    public void Publish()
    {
        if (Interlocked.Exchange(ref finished, 1) == 0)
        {
            registration.Dispose();
            Release();
            Complete();
        }
        else
        {
            Discard();
        }
    }

    /// <summary>Tells the caller that it failed.</summary>
    public void Fail(ProtocolException failure)
    {
        if (Interlocked.Exchange(ref finished, 1) == 0)
        {
            registration.Dispose();
            Release();
            CompleteFailed(failure);
        }
    }

    /// <summary>Gives up without a word: other requests take over, or the answer is worth nothing.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref finished, 1) == 0)
        {
            registration.Dispose();
            Release();
        }

        Discard();
    }

    /// <summary>The token that cancels the request.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Makes the caller's token cancel the request.</summary>
    public void Watch(WorkerPool pool, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        if (cancellation.CanBeCanceled)
        {
            registration = cancellation.UnsafeRegister(
                static state =>
                {
                    var (pool, request) = ((WorkerPool, WorkerRequest))state!;
                    Volatile.Write(ref request.cancelled, true);
                    pool.Cancel(request);
                },
                (pool, this)
            );
        }
    }

    /// <summary>Gives back what was held while the request could run.</summary>
    protected virtual void Release() { }

    /// <summary>Gives back what came too late.</summary>
    protected virtual void Discard() { }

    /// <summary>Completes the caller's task with what <see cref="Read"/> kept.</summary>
    protected abstract void Complete();

    /// <summary>Completes the caller's task with a failure.</summary>
    protected abstract void CompleteFailed(ProtocolException failure);

    /// <summary>A worker's failure as the protocol says it.</summary>
    public static ProtocolException ToException(Failure failure)
    {
        var error = new Error
        {
            Code = failure.Kind switch
            {
                FailureKind.InvalidModule => ErrorCode.InvalidModule,
                FailureKind.Limit => ErrorCode.LimitExceeded,
                _ => ErrorCode.Internal,
            },
            Message = failure.Message,
            Limit = failure.Limit,
        };
        error.Diagnostics.Add(failure.Diagnostics.IsDefault ? [] : failure.Diagnostics);
        return new ProtocolException(error);
    }
}
