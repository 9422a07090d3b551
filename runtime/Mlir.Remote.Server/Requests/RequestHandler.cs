using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Calls;
using Mlir.Remote.Server.Connections;
using Mlir.Remote.Server.Functions;
using Mlir.Remote.Server.Sessions;
using Mlir.Remote.Server.Telemetry;
using Mlir.Remote.Server.Values;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Requests;

/// <summary>Answers the protocol's requests, whatever they came on.</summary>
/// <param name="options">The server's configuration.</param>
/// <param name="pool">The workers.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="files">The files that clients may open.</param>
/// <param name="metrics">Counts.</param>
/// <param name="logger">Notes who comes and goes.</param>
internal sealed class RequestHandler(
    RemoteServerOptions options,
    WorkerPool pool,
    SessionStore sessions,
    DataFiles files,
    ServerMetrics metrics,
    ILogger logger
)
{
    private const int MaxOverloads = 256;
    private const int MaxClientName = 100;

    private readonly SharedNames _shared = new();
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly CompiledModules _modules = new(pool, options.Limits, metrics);
    private CallRunner? _calls;
    private volatile bool _draining;

    private CallRunner Calls => _calls ??= new CallRunner(pool, options.Limits, _shared, metrics);

    /// <summary>From now on refuses what would start new work.</summary>
    public void Drain() => _draining = true;

    /// <summary>Opens a session, or takes up an earlier one.</summary>
    /// <exception cref="ProtocolException">There are too many sessions, or the server is stopping.</exception>
    public (Session Session, OpenSessionResponse Response) Open(string identity, OpenSessionRequest request)
    {
        RefuseWhenDraining();
        var session = sessions.Open(identity, request.ResumeToken.Span, out var resumed);
        if (!resumed)
        {
            var client = new string([.. request.ClientName.Take(MaxClientName).Where(static c => !char.IsControl(c))]);
            Log.SessionOpened(logger, session.Id, identity, client);
        }

        return (
            session,
            new OpenSessionResponse
            {
                SessionToken = Google.Protobuf.ByteString.CopyFrom(session.Token),
                Resumed = resumed,
                ServerInstance = _instance,
                Server = Describe(),
            }
        );
    }

    /// <summary>Ends a session.</summary>
    public void Close(Session session)
    {
        _shared.Forget(session);
        sessions.Close(session);
        Log.SessionClosed(logger, session.Id);
    }

    /// <summary>What the server is, and its limits.</summary>
    public ServerInfo Describe()
    {
        var limits = options.Limits;
        return new ServerInfo
        {
            Version = typeof(RequestHandler).Assembly.GetName().Version?.ToString(3) ?? "",
            Processor = pool.Processor,
            Targets = { pool.Targets },
            Workers = (uint)pool.Count,
            Limits = new Limits
            {
                MaxMessageBytes = (ulong)limits.MaxMessageBytes,
                MaxModuleBytes = (ulong)limits.MaxModuleBytes,
                MaxFunctions = (ulong)limits.MaxFunctions,
                MaxBufferBytes = (ulong)limits.MaxBufferBytes,
                MaxStoredBytes = (ulong)limits.MaxStoredBytes,
                MaxCallMemoryBytes = (ulong)limits.MaxCallMemoryBytes,
                MaxConcurrentCalls = (uint)limits.MaxConcurrentCalls,
                MaxBatchCalls = (uint)limits.MaxBatchCalls,
                MaxCallMilliseconds = (uint)limits.MaxCallTime.TotalMilliseconds,
                MaxCompileMilliseconds = (uint)limits.MaxCompileTime.TotalMilliseconds,
            },
        };
    }

    /// <summary>Answers a request of a session; not OpenSession, and not Download, whose answer is a stream.</summary>
    /// <exception cref="ProtocolException">It failed.</exception>
    public async ValueTask<ServerMessage> HandleAsync(
        RequestContext context,
        ClientMessage request,
        CancellationToken cancel
    )
    {
        var session = context.Session;
        switch (request.RequestCase)
        {
            case ClientMessage.RequestOneofCase.Call:
                RefuseWhenDraining();
                return new ServerMessage
                {
                    Call = await Calls.CallAsync(session, request.Call, cancel).ConfigureAwait(false),
                };
            case ClientMessage.RequestOneofCase.CallBatch:
                RefuseWhenDraining();
                return new ServerMessage
                {
                    CallBatch = await Calls.CallBatchAsync(session, request.CallBatch, cancel).ConfigureAwait(false),
                };
            case ClientMessage.RequestOneofCase.Define:
                RefuseWhenDraining();
                return new ServerMessage
                {
                    Define = await DefineAsync(session, request.Define, cancel).ConfigureAwait(false),
                };
            case ClientMessage.RequestOneofCase.DescribeFunction:
                return new ServerMessage
                {
                    DescribeFunction = await DescribeAsync(session, request.DescribeFunction, cancel)
                        .ConfigureAwait(false),
                };
            case ClientMessage.RequestOneofCase.Submit:
                RefuseWhenDraining();
                return new ServerMessage { Submit = Submit(session, request.Submit) };
            case ClientMessage.RequestOneofCase.Collect:
                return new ServerMessage
                {
                    Call = await session.Deferred.CollectAsync(request.Collect.CallId, cancel).ConfigureAwait(false),
                };
            case ClientMessage.RequestOneofCase.Allocate:
                RefuseWhenDraining();
                return new ServerMessage { Buffer = Allocate(context, request.Allocate).ToInfo(context.MayMap) };
            case ClientMessage.RequestOneofCase.OpenFile:
                // Reading a file takes as long as it takes: not on the thread that serves the connection.
                var opened = await Task.Run(() => OpenFile(session, request.OpenFile), cancel).ConfigureAwait(false);
                return new ServerMessage { Buffer = opened.ToInfo(context.MayMap) };
            default:
                return Answer(context, request);
        }
    }

    /// <summary>Writes a part of an array that is not sealed yet.</summary>
    /// <exception cref="ProtocolException">There is no such array, or the part does not lie inside it.</exception>
    public void Write(Session session, ulong id, ulong offset, System.Buffers.ReadOnlySequence<byte> data)
    {
        var buffer = BeginWrite(session, id, offset, data.Length);
        try
        {
            var at = (long)offset;
            foreach (var part in data)
            {
                part.Span.CopyTo(buffer.Segment!.Slice(at, part.Length));
                at += part.Length;
            }
        }
        finally
        {
            EndWrite(buffer);
        }
    }

    /// <summary>Checks a write before its bytes are there.</summary>
    /// <param name="session">The session.</param>
    /// <param name="id">The array.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>The array to write, until <see cref="EndWrite"/>.</returns>
    /// <exception cref="ProtocolException">There is no such array, or the part does not lie inside it.</exception>
    public ServedBuffer BeginWrite(Session session, ulong id, ulong offset, long length)
    {
        var buffer = session.Buffers.Acquire(id);
        var problem =
            !buffer.TryBeginWrite() ? $"buffer {id} is sealed and cannot change"
            : offset > (ulong)buffer.Bytes || (ulong)length > (ulong)buffer.Bytes - offset
                ? $"{length} bytes from {offset} do not lie inside buffer {id}, which has {buffer.Bytes}"
            : null;
        if (problem is null)
        {
            metrics.Received(length);
            return buffer;
        }

        if (buffer.IsSealed)
        {
            buffer.Segment?.Release();
        }
        else
        {
            EndWrite(buffer);
        }

        throw Invalid(problem);
    }

    /// <summary>Ends what <see cref="BeginWrite"/> began.</summary>
    public static void EndWrite(ServedBuffer buffer)
    {
        buffer.EndWrite();
        buffer.Segment?.Release();
    }

    /// <summary>Memory for an array that the client is going to write.</summary>
    /// <exception cref="ProtocolException">The shape is wrong, or it is more than the session may have.</exception>
    public static ServedBuffer Allocate(RequestContext context, AllocateRequest request)
    {
        var bytes = ArrayShape.Bytes(request.Element, request.Shape);
        return context.Session.Buffers.Allocate(request.Element, [.. request.Shape], bytes, context.Connection);
    }

    /// <summary>Ends the writing of an array.</summary>
    /// <exception cref="ProtocolException">There is no such array, or it holds what is no value of its type.</exception>
    public static ServedBuffer Seal(Session session, ulong id)
    {
        var buffer = session.Buffers.Acquire(id);
        try
        {
            return buffer.TrySeal(() => CheckElements(buffer))
                ? buffer
                : throw Invalid($"buffer {id} is being written: wait for the answers to the writes, then seal it");
        }
        finally
        {
            buffer.Segment?.Release();
        }
    }

    private static void CheckElements(ServedBuffer buffer)
    {
        if (buffer.Element != ScalarKind.Bool)
        {
            return;
        }

        const int Part = 1 << 20;
        for (long at = 0; at < buffer.Bytes; at += Part)
        {
            ArgumentWriter.CheckBools(
                buffer.Segment!.Slice(at, (int)Math.Min(Part, buffer.Bytes - at)),
                $"buffer {buffer.Id}"
            );
        }
    }

    /// <summary>Sends the bytes of an array, part by part.</summary>
    /// <param name="session">The session.</param>
    /// <param name="request">Which array, and which part of it.</param>
    /// <param name="send">Sends a part: memory, its place in the array, whether it is the last.</param>
    /// <param name="cancel">Stops between parts.</param>
    /// <exception cref="ProtocolException">There is no such array, or the part does not lie inside it.</exception>
    public async ValueTask DownloadAsync(
        Session session,
        DownloadRequest request,
        Func<ReadOnlyMemory<byte>, long, bool, ValueTask> send,
        CancellationToken cancel
    )
    {
        var buffer = session.Buffers.Acquire(request.BufferId);
        try
        {
            var all = (ulong)buffer.Bytes;
            if (!buffer.IsSealed || request.Offset > all || request.Length > all - request.Offset)
            {
                throw Invalid(
                    buffer.IsSealed
                        ? $"{request.Length} bytes from {request.Offset} do not lie inside buffer {buffer.Id}, which has {all}"
                        : $"buffer {buffer.Id} is still being written: seal it first"
                );
            }

            var (at, end) = ((long)request.Offset, (long)(request.Length == 0 ? all : request.Offset + request.Length));
            var part = Math.Min(options.Limits.MaxMessageBytes / 2, 1 << 20);
            do
            {
                cancel.ThrowIfCancellationRequested();
                var length = (int)Math.Min(part, end - at);
                var memory = length == 0 ? default : buffer.Segment!.AsMemory(at, length);
                await send(memory, at, at + length == end).ConfigureAwait(false);
                metrics.Sent(length);
                at += length;
            } while (at < end);
        }
        finally
        {
            buffer.Segment?.Release();
        }
    }

    private ServerMessage Answer(RequestContext context, ClientMessage request)
    {
        var session = context.Session;
        switch (request.RequestCase)
        {
            case ClientMessage.RequestOneofCase.CloseSession:
                Close(session);
                return new ServerMessage { CloseSession = new CloseSessionResponse() };
            case ClientMessage.RequestOneofCase.GetServerInfo:
                return new ServerMessage { ServerInfo = Describe() };
            case ClientMessage.RequestOneofCase.Unload:
                Unload(session, request.Unload);
                return new ServerMessage { Unload = new UnloadResponse() };
            case ClientMessage.RequestOneofCase.ListFunctions:
                var functions = new ListFunctionsResponse();
                functions.Functions.AddRange(session.Functions.All.Select(static f => f.ToInfo()));
                foreach (var (name, function) in _shared.FunctionsFor(session))
                {
                    functions.Functions.Add(Shared(name, function));
                }

                return new ServerMessage { ListFunctions = functions };
            case ClientMessage.RequestOneofCase.Share:
                Share(session, request.Share);
                return new ServerMessage { Share = new ShareResponse() };
            case ClientMessage.RequestOneofCase.Cancel:
                // The id of a message is looked up by the stream that it came on.
                if (request.Cancel.TargetCase == CancelRequest.TargetOneofCase.CallId)
                {
                    session.Deferred.Cancel(request.Cancel.CallId);
                }

                return new ServerMessage { Cancel = new CancelResponse() };
            case ClientMessage.RequestOneofCase.Write:
                Write(session, request.Write.BufferId, request.Write.Offset, new(request.Write.Data.Memory));
                return new ServerMessage { Write = new WriteResponse() };
            case ClientMessage.RequestOneofCase.Seal:
                return new ServerMessage { Buffer = Seal(session, request.Seal.BufferId).ToInfo(context.MayMap) };
            case ClientMessage.RequestOneofCase.ListBuffers:
                return new ServerMessage { ListBuffers = ListBuffers(context) };
            case ClientMessage.RequestOneofCase.Release:
                foreach (var id in request.Release.BufferIds)
                {
                    session.Buffers.Release(id);
                }

                return new ServerMessage { Release = new ReleaseResponse() };
            default:
                throw Invalid("the message holds no request that is known here");
        }
    }

    private async ValueTask<DefineResponse> DefineAsync(
        Session session,
        DefineRequest request,
        CancellationToken cancel
    )
    {
        FunctionTable.CheckName(request.Name);
        if (request.Overloads.Count is 0 or > MaxOverloads)
        {
            throw Invalid($"a definition has 1 to {MaxOverloads} overloads, not {request.Overloads.Count}");
        }

        using var span = metrics.Spans.StartActivity("define", ActivityKind.Server);
        span?.SetTag("function", request.Name);
        var target = request.Target.Length == 0 ? pool.Targets[0] : request.Target;
        if (!pool.Targets.Contains(target))
        {
            throw Invalid($"the server has no target '{target}'; it has {string.Join(", ", pool.Targets)}");
        }

        var functions = ImmutableArray.CreateBuilder<ServedFunction>();
        try
        {
            foreach (var overload in request.Overloads)
            {
                var layout = FunctionLayout.Of(overload.Signature);
                var module = await _modules.AcquireAsync(overload, target, session, cancel).ConfigureAwait(false);
                try
                {
                    layout.Check(module.Unit.Functions[0]);
                }
                catch
                {
                    module.Dispose();
                    throw;
                }

                functions.Add(
                    new ServedFunction(
                        session.Functions.NextId(),
                        request.Name,
                        layout,
                        module,
                        target,
                        overload.Source.Length > 500 ? overload.Source[..500] : overload.Source
                    )
                );
            }
        }
        catch
        {
            foreach (var function in functions)
            {
                function.Leave();
            }

            throw;
        }

        session.Functions.Define(request.Name, functions.ToImmutable());
        var response = new DefineResponse();
        foreach (var function in functions)
        {
            response.Functions.Add(
                new DefinedFunction
                {
                    FunctionId = function.Id,
                    Cached = function.Module.WasKnown,
                    CompileNanoseconds = (ulong)(function.Module.Unit.CompileTime.Ticks * TimeSpan.NanosecondsPerTick),
                }
            );
        }

        return response;
    }

    private async ValueTask<DescribeFunctionResponse> DescribeAsync(
        Session session,
        DescribeFunctionRequest request,
        CancellationToken cancel
    )
    {
        var own = session.Functions.Find(request.Name);
        var found = own.IsEmpty ? _shared.FindFunctions(request.Name) : own;
        if (found.IsEmpty)
        {
            throw new ProtocolException(ErrorCode.NotFound, $"there is no function '{request.Name}'");
        }

        var response = new DescribeFunctionResponse();
        foreach (var function in found)
        {
            var description = new FunctionDescription
            {
                Info = own.IsEmpty ? Shared(request.Name, function) : function.ToInfo(),
                Module = function.Module.Text,
            };
            if (request.IncludeIr)
            {
                var stages = await pool.ListAsync(
                        function.Module.Text.Memory,
                        function.Target,
                        new CompileLimits(options.Limits.MaxCompileTime),
                        cancel,
                        session
                    )
                    .ConfigureAwait(false);
                foreach (var (stage, text) in stages)
                {
                    description.Listings.Add(new Listing { Stage = stage, Text = text });
                }
            }

            response.Overloads.Add(description);
        }

        return response;
    }

    private SubmitResponse Submit(Session session, SubmitRequest request)
    {
        var call = request.Call ?? throw Invalid("what is submitted is a call");
        return new SubmitResponse
        {
            CallId = session.Deferred.Submit(cancel => Calls.CallAsync(session, call, cancel)),
        };
    }

    private static void Unload(Session session, UnloadRequest request)
    {
        if (request.TargetCase == UnloadRequest.TargetOneofCase.Functions)
        {
            session.Functions.Remove(request.Functions.Ids);
        }
        else if (!session.Functions.Remove(request.Name))
        {
            throw new ProtocolException(ErrorCode.NotFound, $"this session has no function '{request.Name}'");
        }
    }

    private void Share(Session session, ShareRequest request)
    {
        switch (request.TargetCase)
        {
            case ShareRequest.TargetOneofCase.Function:
                if (session.Functions.Find(request.Function).IsEmpty)
                {
                    throw new ProtocolException(ErrorCode.NotFound, $"there is no function '{request.Function}'");
                }

                _shared.Share(session, request.Function, request.SharedName);
                break;
            case ShareRequest.TargetOneofCase.BufferId:
                _shared.Share(session, session.Buffers.Find(request.BufferId), request.SharedName);
                break;
            case ShareRequest.TargetOneofCase.Withdraw:
                _shared.Withdraw(session, request.SharedName);
                break;
            default:
                throw Invalid("name a function or a buffer to share");
        }
    }

    /// <summary>A shared array gets a number of its own in the session that opens it; the memory is the same.</summary>
    private ServedBuffer OpenFile(Session session, OpenFileRequest request)
    {
        if (request.SourceCase != OpenFileRequest.SourceOneofCase.SharedName)
        {
            return files.Open(request.Path, session.Buffers, options.Limits);
        }

        if (_shared.FindBuffer(request.SharedName) is not { } found)
        {
            throw new ProtocolException(ErrorCode.NotFound, $"no array is shared as '{request.SharedName}'");
        }

        var buffer = found.Owner.Buffers.Acquire(found.Id);
        if (!buffer.IsSealed)
        {
            buffer.Segment?.Release();
            throw Invalid($"the array that is shared as '{request.SharedName}' is still being written");
        }

        return session.Buffers.Adopt(buffer.Element, buffer.Shape, buffer.Bytes, buffer.Segment);
    }

    private ListBuffersResponse ListBuffers(RequestContext context)
    {
        var response = new ListBuffersResponse();
        response.Buffers.AddRange(context.Session.Buffers.All.Select(b => b.ToInfo(context.MayMap)));
        foreach (var (name, owner, id) in _shared.BuffersFor(context.Session))
        {
            // Another session's numbers and paths mean nothing here: the name is how it is opened.
            if (owner.Buffers.All.FirstOrDefault(b => b.Id == id) is { } buffer)
            {
                var info = buffer.ToInfo(mayMap: false);
                info.BufferId = 0;
                info.Path = "";
                info.SharedName = name;
                response.Buffers.Add(info);
            }
        }

        return response;
    }

    private static FunctionInfo Shared(string name, ServedFunction function)
    {
        var info = function.ToInfo(shared: true);
        (info.Name, info.FunctionId) = (name, 0);
        return info;
    }

    private void RefuseWhenDraining()
    {
        if (_draining)
        {
            throw new ProtocolException(
                ErrorCode.Unavailable,
                "the server is shutting down and takes no new work: connect again in a moment"
            );
        }
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
