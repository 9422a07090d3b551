using Google.Protobuf;
using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote;

/// <summary>Calls that travel together. Each succeeds or fails alone.</summary>
/// <example><code>
/// using var batch = remote.CreateBatch();
/// var a = batch.Call(add, 1, 2);
/// var b = batch.Call(add, 3, 4);
/// await batch.SendAsync();
/// Console.WriteLine((int)a.Result! + (int)b.Result!);
/// </code></example>
/// <remarks>Arguments are taken when a call is added. Not thread-safe; the client is.</remarks>
public sealed class RemoteBatch : IDisposable
{
    // Rows of one function that travel as one request: enough to make the request's own cost vanish.
    private const int MostRows = 4096;

    private readonly RemoteSession _session;
    private List<RemoteBatchCall> _calls = [];
    private bool _isDisposed;

    internal RemoteBatch(RemoteSession session) => _session = session;

    /// <summary>The calls that have not been sent yet.</summary>
    public int Count => _calls.Count;

    /// <summary>Adds a call of a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    /// <exception cref="RemoteException">No overload fits.</exception>
    public RemoteBatchCall Call(RemoteFunction function, params ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Add(function.Prepare(arguments), function.Session);
    }

    /// <summary>Adds a call of a kernel.</summary>
    /// <typeparam name="TDelegate">The kernel's delegate type.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arguments">The arguments.</param>
    public RemoteBatchCall Call<TDelegate>(RemoteKernel<TDelegate> kernel, params ReadOnlySpan<object?> arguments)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return Add(kernel.Prepare(arguments), kernel.Session);
    }

    /// <summary>Sends the calls and waits until all have ended. The batch is empty then and may be filled again.</summary>
    /// <param name="options">How the calls are made; null for the client's options.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task SendAsync(RemoteCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var calls = _calls;
        _calls = [];
        if (calls.Count == 0)
        {
            return;
        }

        var deadline = Deadline.After(options?.Timeout ?? _session.Options.Timeout);
        await _session
            .RunAsync(
                async (link, token) =>
                {
                    await SendAsync(link, calls, deadline, token).ConfigureAwait(false);
                    return true;
                },
                deadline,
                _session.Options.RerunLostCalls,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc cref="SendAsync(RemoteCallOptions?, CancellationToken)"/>
    public void Send(RemoteCallOptions? options = null) => SendAsync(options).GetAwaiter().GetResult();

    /// <summary>Drops calls that have not been sent.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _calls = [];
    }

    private RemoteBatchCall Add(PreparedCall call, RemoteSession session)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (session != _session)
        {
            throw new ArgumentException("the function belongs to another client than the batch");
        }

        var added = new RemoteBatchCall(call);
        _calls.Add(added);
        return added;
    }

    /// <summary>One request of a batch: a call, or rows of one function.</summary>
    private sealed record Part(CallRequest Request, List<RemoteBatchCall> Calls);

    private static async Task SendAsync(
        RemoteSession.Link link,
        IReadOnlyList<RemoteBatchCall> calls,
        Deadline deadline,
        CancellationToken cancellationToken
    )
    {
        List<ulong> uploaded = [];
        try
        {
            var parts = await EncodeAsync(link, calls, uploaded, cancellationToken).ConfigureAwait(false);
            var single = new List<RemoteBatchCall>();
            await SendAsync(link, parts, deadline, single, cancellationToken).ConfigureAwait(false);
            if (single.Count > 0)
            {
                // A row failed and its request with it: call by call, each has its own outcome.
                var rows = single
                    .Select(call => new Part(((LambdaCall)call.Call).TryEncode(link)!, [call]))
                    .Where(part => part.Request is not null)
                    .ToList();
                await SendAsync(link, rows, deadline, null, cancellationToken).ConfigureAwait(false);
            }

            foreach (var call in calls.Where(call => !call.IsCompleted))
            {
                // What the server had forgotten in between is sent again.
                try
                {
                    var request = await call.Call.EncodeAsync(link, uploaded, cancellationToken).ConfigureAwait(false);
                    await SendAsync(link, [new Part(request, [call])], deadline, null, cancellationToken, last: true)
                        .ConfigureAwait(false);
                }
                catch (ProtocolException error) when (IsOfCall(error))
                {
                    call.Fail(error.Error);
                }
            }
        }
        finally
        {
            ArrayTransfer.Release(link, uploaded);
        }
    }

    private static async Task<List<Part>> EncodeAsync(
        RemoteSession.Link link,
        IReadOnlyList<RemoteBatchCall> calls,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    )
    {
        var parts = new List<Part>();
        for (var i = 0; i < calls.Count; )
        {
            if (calls[i].IsCompleted)
            {
                i++;
                continue; // before the connection was lost
            }

            try
            {
                if (calls[i].Call is LambdaCall { IsPacked: true } first)
                {
                    var id = await first.DefineAsync(link, cancellationToken).ConfigureAwait(false);
                    parts.Add(Rows(link, calls, ref i, first, id));
                    continue;
                }

                var request =
                    calls[i].Call.TryEncode(link)
                    ?? await calls[i].Call.EncodeAsync(link, uploaded, cancellationToken).ConfigureAwait(false);
                parts.Add(new Part(request, [calls[i]]));
            }
            catch (ProtocolException error) when (IsOfCall(error))
            {
                calls[i].Fail(error.Error);
            }
            catch (RemoteException error)
            {
                calls[i].Fail(error);
            }

            i++;
        }

        return parts;
    }

    /// <summary>Takes as many calls in a row of one function of scalars as one request may hold.</summary>
    private static Part Rows(
        RemoteSession.Link link,
        IReadOnlyList<RemoteBatchCall> calls,
        ref int next,
        LambdaCall first,
        ulong id
    )
    {
        var most = Math.Min(
            MostRows,
            link.Connection.MaxSendBytes / 4 / Math.Max(8, Math.Max(first.PackedBytes, first.PackedResultBytes))
        );
        var rows = new List<RemoteBatchCall>();
        var start = next;
        while (
            next < calls.Count
            && rows.Count < Math.Max(1, most)
            && !calls[next].IsCompleted
            && calls[next].Call is LambdaCall { IsPacked: true } call
            && (next == start || (first.PackedBytes > 0 && call.FunctionId(link.Epoch) == id))
        )
        {
            rows.Add(calls[next++]);
        }

        var packed = new byte[rows.Count * first.PackedBytes];
        for (var i = 0; i < rows.Count; i++)
        {
            ((LambdaCall)rows[i].Call).WritePacked(packed.AsSpan(i * first.PackedBytes));
        }

        return new Part(new CallRequest { FunctionId = id, Packed = UnsafeByteOperations.UnsafeWrap(packed) }, rows);
    }

    private static async Task SendAsync(
        RemoteSession.Link link,
        List<Part> parts,
        Deadline deadline,
        List<RemoteBatchCall>? single,
        CancellationToken cancellationToken,
        bool last = false
    )
    {
        var most = Math.Max(1, link.MaxBatchCalls);
        var waiting = new Queue<(List<Part> Parts, Task<ServerMessage> Answer)>();
        for (var start = 0; start < parts.Count; )
        {
            var batch = new CallBatchRequest();
            var sent = new List<Part>();
            var bytes = 0;
            while (start < parts.Count && sent.Count < most)
            {
                var request = parts[start].Request;
                if (deadline.ForServer() is > 0 and var milliseconds)
                {
                    (request.Options ??= new CallOptions()).TimeoutMilliseconds = milliseconds;
                }

                var size = request.CalculateSize() + 16;
                if (sent.Count > 0 && bytes + size > link.Connection.MaxSendBytes / 2)
                {
                    break;
                }

                bytes += size;
                batch.Calls.Add(request);
                sent.Add(parts[start++]);
            }

            waiting.Enqueue(
                (sent, link.Connection.ExchangeAsync(new ClientMessage { CallBatch = batch }, cancellationToken))
            );
        }

        while (waiting.TryDequeue(out var next))
        {
            CallBatchResponse answer;
            try
            {
                answer = (await next.Answer.ConfigureAwait(false)).CallBatch;
            }
            catch
            {
                foreach (var (_, abandoned) in waiting)
                {
                    _ = abandoned.ContinueWith(
                        static task => task.Exception,
                        CancellationToken.None,
                        TaskContinuationOptions.OnlyOnFaulted,
                        TaskScheduler.Default
                    );
                }

                throw;
            }

            if (answer.Outcomes.Count != next.Parts.Count)
            {
                throw new ProtocolException(ErrorCode.Internal, "the server answers another number of calls");
            }

            for (var i = 0; i < next.Parts.Count; i++)
            {
                await TakeAsync(link, next.Parts[i], answer.Outcomes[i], single, last, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private static async Task TakeAsync(
        RemoteSession.Link link,
        Part part,
        CallOutcome outcome,
        List<RemoteBatchCall>? single,
        bool last,
        CancellationToken cancellationToken
    )
    {
        if (outcome.Error is { } error)
        {
            if (error.Code is ErrorCode.Cancelled or ErrorCode.Unavailable)
            {
                throw new ProtocolException(error); // the server is shutting down: the rest is sent to the next one
            }

            if (part.Calls.Count > 1)
            {
                single!.AddRange(part.Calls);
            }
            else if (!last && error.Code is (ErrorCode.NotFound or ErrorCode.ModuleNeeded))
            {
                part.Calls[0].Call.Invalidate(link);
            }
            else
            {
                part.Calls[0].Fail(error);
            }

            return;
        }

        if (part.Calls.Count > 1)
        {
            var packed = outcome.Response.Packed.Memory;
            var size = packed.Length / part.Calls.Count;
            for (var i = 0; i < part.Calls.Count; i++)
            {
                part.Calls[i].Complete(((LambdaCall)part.Calls[i].Call).ReadPacked(packed.Span.Slice(i * size, size)));
            }

            return;
        }

        var call = part.Calls[0];
        call.Complete(
            call.Call.TryDecode(outcome.Response, out var result)
                ? result
                : await call.Call.DecodeAsync(link, outcome.Response, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Whether an error concerns one call only, not the connection or the session.</summary>
    private static bool IsOfCall(ProtocolException error) =>
        error.Error.Code
            is not (ErrorCode.SessionLost or ErrorCode.Unavailable or ErrorCode.Unauthenticated or ErrorCode.Cancelled);
}
