using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Calls;

/// <summary>The calls of one session that were submitted and whose answers nobody has collected.</summary>
/// <param name="limits">How many there may be.</param>
internal sealed class DeferredCalls(RemoteLimits limits) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (Task<CallResponse> Answer, CancellationTokenSource Cancel)> _calls = [];
    private ulong _lastId;
    private bool _disposed;

    /// <summary>Starts a call.</summary>
    /// <param name="start">Starts it; the token stops it.</param>
    /// <returns>The number under which the answer is collected.</returns>
    /// <exception cref="ProtocolException">Too many answers wait.</exception>
    public ulong Submit(Func<CancellationToken, ValueTask<CallResponse>> start)
    {
        lock (_gate)
        {
            if (_disposed || _calls.Count >= limits.MaxConcurrentCalls)
            {
                throw ProtocolException.Limit(
                    "max_concurrent_calls",
                    $"{_calls.Count} submitted calls wait to be collected, as many as max_concurrent_calls allows"
                );
            }

            var cancel = new CancellationTokenSource();
            _calls.Add(++_lastId, (start(cancel.Token).AsTask(), cancel));
            return _lastId;
        }
    }

    /// <summary>Waits for an answer and takes it.</summary>
    /// <exception cref="ProtocolException">There is no such call, or it failed.</exception>
    public async ValueTask<CallResponse> CollectAsync(ulong id, CancellationToken cancel)
    {
        Task<CallResponse> answer;
        lock (_gate)
        {
            answer = _calls.TryGetValue(id, out var call) ? call.Answer : throw NotThere(id);
        }

        // Who stops waiting may come back for it.
        await ((Task)answer).WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!answer.IsCompleted)
        {
            cancel.ThrowIfCancellationRequested();
        }

        lock (_gate)
        {
            if (!_calls.Remove(id, out var call))
            {
                throw NotThere(id);
            }

            call.Cancel.Dispose();
        }

        return await answer.ConfigureAwait(false);
    }

    /// <summary>Stops a call. Its answer, that it was stopped, can still be collected.</summary>
    public void Cancel(ulong id)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(id, out var call))
            {
                throw NotThere(id);
            }

            call.Cancel.Cancel();
        }
    }

    /// <summary>Stops all calls.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var (_, cancel) in _calls.Values)
            {
                cancel.Cancel();
            }

            _calls.Clear();
        }
    }

    private static ProtocolException NotThere(ulong id) =>
        new(
            ErrorCode.NotFound,
            $"this session has no submitted call {id}; it was never there, or its answer was collected"
        );
}
