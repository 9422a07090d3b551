using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>A request whose answer has not come yet.</summary>
internal sealed class PendingRequest
{
    [ThreadStatic]
    private static ManualResetEventSlim? t_signal;

    private readonly TaskCompletionSource<ServerMessage>? _task;
    private readonly ManualResetEventSlim? _signal;
    private ServerMessage? _response;
    private Exception? _failure;

    private PendingRequest(ulong id, TaskCompletionSource<ServerMessage>? task, ManualResetEventSlim? signal) =>
        (Id, _task, _signal) = (id, task, signal);

    /// <summary>The id that the answer will carry.</summary>
    public ulong Id { get; }

    /// <summary>Where the bytes of an array go that the answer consists of; null where none are awaited.</summary>
    public ArrayMemory? Sink { get; private init; }

    /// <summary>The place in the whole array of the first byte of <see cref="Sink"/>.</summary>
    public long SinkStart { get; private init; }

    /// <summary>How many bytes have come.</summary>
    public long Received { get; set; }

    /// <summary>Told after each part of the array.</summary>
    public Action<long>? Progress { get; private init; }

    /// <summary>Whether a thread blocks for the answer; else a task waits.</summary>
    public bool IsBlocking => _task is null;

    /// <summary>Whether the answer has come, or will not come.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Whether the blocked thread is to read from the connection from now on.</summary>
    public bool IsPromoted { get; set; }

    /// <summary>Completes when the answer comes.</summary>
    public Task<ServerMessage> Task => _task!.Task;

    /// <summary>A request for which a task waits.</summary>
    public static PendingRequest ForTask(
        ulong id,
        ArrayMemory? sink = null,
        long sinkStart = 0,
        Action<long>? progress = null
    ) =>
        new(id, new TaskCompletionSource<ServerMessage>(), null)
        {
            Sink = sink,
            SinkStart = sinkStart,
            Progress = progress,
        };

    /// <summary>A request for which this thread is going to block.</summary>
    public static PendingRequest ForThread(ulong id)
    {
        var signal = t_signal ??= new ManualResetEventSlim(false, spinCount: 0);
        signal.Reset();
        return new PendingRequest(id, null, signal);
    }

    /// <summary>Notes the answer. A task is completed later, by <see cref="Publish"/>.</summary>
    public void Complete(ServerMessage response)
    {
        _response = response;
        IsCompleted = true;
        _signal?.Set();
    }

    /// <summary>Notes that no answer will come.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        IsCompleted = true;
        _signal?.Set();
    }

    /// <summary>Runs what waits for the task, on this thread.</summary>
    public void Publish()
    {
        if (_failure is not null)
        {
            _task!.TrySetException(_failure);
        }
        else
        {
            _task!.TrySetResult(_response!);
        }
    }

    /// <summary>Wakes the blocked thread.</summary>
    public void Wake() => _signal!.Set();

    /// <summary>Blocks until there is an answer, or until this thread is to read.</summary>
    public void Block()
    {
        _signal!.Wait();
        _signal.Reset();
    }

    /// <summary>The answer that has come.</summary>
    public ServerMessage Result() => _failure is null ? _response! : throw _failure;
}
