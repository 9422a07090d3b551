using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Calls;
using Mlir.Remote.Server.Functions;

namespace Mlir.Remote.Server.Sessions;

/// <summary>What belongs to one client: its names, functions, arrays and calls. Nothing of it can be reached from another session.</summary>
/// <param name="id">A number for logs.</param>
/// <param name="token">The secret that names the session.</param>
/// <param name="identity">Who opened it.</param>
/// <param name="limits">What it may use.</param>
internal sealed class Session(long id, byte[] token, string identity, RemoteLimits limits) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _quiet;
    private int _connections;
    private int _openCalls;
    private long _lastUse = Stopwatch.GetTimestamp();

    /// <summary>A number for logs.</summary>
    public long Id { get; } = id;

    /// <summary>The secret that names the session.</summary>
    public byte[] Token { get; } = token;

    /// <summary>Who opened it.</summary>
    public string Identity { get; } = identity;

    /// <summary>What it may use.</summary>
    public RemoteLimits Limits { get; } = limits;

    /// <summary>Its functions.</summary>
    public FunctionTable Functions { get; } = new(limits);

    /// <summary>Its arrays.</summary>
    public BufferTable Buffers { get; } = new(limits);

    /// <summary>Its calls that nobody waits for yet.</summary>
    public DeferredCalls Deferred { get; } = new(limits);

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Whether the session has ended.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>The calls that run.</summary>
    public int OpenCalls => Volatile.Read(ref _openCalls);

    /// <summary>How long nobody has used the session; zero while a connection is open or a call runs.</summary>
    public TimeSpan IdleTime
    {
        get
        {
            lock (_gate)
            {
                return _connections > 0 || _openCalls > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_lastUse);
            }
        }
    }

    /// <summary>Notes that a connection uses the session, until the answer is disposed.</summary>
    public void Attach()
    {
        lock (_gate)
        {
            _connections++;
        }
    }

    /// <summary>Notes that a connection is gone.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _connections--;
            _lastUse = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Notes a request outside of any connection.</summary>
    public void Touch() => Volatile.Write(ref _lastUse, Stopwatch.GetTimestamp());

    /// <summary>Counts a call that begins.</summary>
    /// <exception cref="ProtocolException">Too many are open.</exception>
    public void BeginCall()
    {
        if (Interlocked.Increment(ref _openCalls) > Limits.MaxConcurrentCalls)
        {
            Interlocked.Decrement(ref _openCalls);
            throw ProtocolException.Limit(
                "max_concurrent_calls",
                $"{Limits.MaxConcurrentCalls} calls of this session are open, as many as max_concurrent_calls allows: wait for one, or send a batch"
            );
        }
    }

    /// <summary>Counts a call that ended.</summary>
    public void EndCall()
    {
        if (Interlocked.Decrement(ref _openCalls) == 0)
        {
            Volatile.Read(ref _quiet)?.TrySetResult();
        }
    }

    /// <summary>Waits until no call runs, or until it takes too long.</summary>
    /// <param name="late">Ends the wait.</param>
    public async Task WhenQuiet(CancellationToken late)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _quiet, quiet);
        if (OpenCalls > 0)
        {
            await quiet.Task.WaitAsync(late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the session: its calls are cancelled, its memory is freed.</summary>
    [SuppressMessage("Usage", "CA2213", Justification = "requests that end later still look at the token")]
    public void Dispose()
    {
        _closed.Cancel();
        Deferred.Dispose();
        Functions.Dispose();
        Buffers.Dispose();
    }
}
