using System.Collections.Immutable;
using System.Diagnostics;
using Google.Protobuf;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Functions;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Sessions;
using Mlir.Remote.Server.Telemetry;
using Mlir.Remote.Server.Values;
using Mlir.Remote.Server.Workers;
using CallRequest = Mlir.Remote.Protocol.CallRequest;
using KernelError = Mlir.Runtime.KernelError;

namespace Mlir.Remote.Server.Calls;

/// <summary>Runs calls: finds the function, checks and converts the arguments, lets a worker compute, and puts the answer together.</summary>
/// <param name="pool">The workers.</param>
/// <param name="limits">What calls may use.</param>
/// <param name="shared">The functions of other sessions.</param>
/// <param name="metrics">Counts.</param>
internal sealed class CallRunner(WorkerPool pool, RemoteLimits limits, SharedNames shared, ServerMetrics metrics)
{
    private const int DefaultInlineBytes = 256 << 10;

    /// <summary>Makes one call.</summary>
    /// <exception cref="ProtocolException">It failed; a function's own exception is one of the ways.</exception>
    public async ValueTask<CallResponse> CallAsync(Session session, CallRequest request, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = metrics.Spans.StartActivity("call", ActivityKind.Server);
        session.BeginCall();
        var calls = 1;
        try
        {
            using var prepared = Prepare(session, request);
            calls = prepared.Work.Count;
            span?.SetTag("function", prepared.Function.Name).SetTag("calls", calls);
            var result = await RunAsync(prepared.Work, cancel).ConfigureAwait(false);
            var response = Answer(session, request, prepared, result);
            metrics.Called(began, calls, error: null);
            return response;
        }
        catch (ProtocolException failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            metrics.Called(began, calls, failure.Error.Code);
            throw;
        }
        finally
        {
            session.EndCall();
        }
    }

    /// <summary>Makes many calls. Each succeeds or fails alone.</summary>
    /// <exception cref="ProtocolException">There are too many.</exception>
    public async ValueTask<CallBatchResponse> CallBatchAsync(
        Session session,
        CallBatchRequest batch,
        CancellationToken cancel
    )
    {
        if (batch.Calls.Count > limits.MaxBatchCalls)
        {
            throw ProtocolException.Limit(
                "max_batch_calls",
                $"a batch of {batch.Calls.Count} calls is larger than max_batch_calls, {limits.MaxBatchCalls}: send several"
            );
        }

        var began = Stopwatch.GetTimestamp();
        using var span = metrics.Spans.StartActivity("batch", ActivityKind.Server);
        span?.SetTag("calls", batch.Calls.Count);
        session.BeginCall();
        var prepared = new PreparedCall?[batch.Calls.Count];
        var outcomes = new CallOutcome[prepared.Length];
        try
        {
            var work = new List<WorkerCall>(prepared.Length);
            for (var i = 0; i < prepared.Length; i++)
            {
                try
                {
                    prepared[i] = Prepare(session, batch.Calls[i]);
                    work.Add(prepared[i]!.Work);
                }
                catch (ProtocolException failure)
                {
                    outcomes[i] = new CallOutcome { Error = failure.Error };
                }
            }

            var results = await pool.CallManyAsync(work, cancel).ConfigureAwait(false);
            var next = 0;
            for (var i = 0; i < prepared.Length; i++)
            {
                if (prepared[i] is { } call)
                {
                    outcomes[i] = Outcome(session, batch.Calls[i], call, results[next++]);
                    metrics.Called(began, 1, outcomes[i].Error?.Code);
                }
            }
        }
        finally
        {
            foreach (var call in prepared)
            {
                call?.Dispose();
            }

            session.EndCall();
        }

        return new CallBatchResponse { Outcomes = { outcomes } };
    }

    private async Task<WorkerResult> RunAsync(WorkerCall work, CancellationToken cancel)
    {
        try
        {
            return await pool.CallAsync(work, cancel).ConfigureAwait(false);
        }
        catch (ProtocolException failure)
        {
            NameLimit(failure.Error, work);
            throw;
        }
    }

    /// <summary>Says which limit it was where the server's own ended a call, and not one that the client had set.</summary>
    private Error NameLimit(Error error, WorkerCall work)
    {
        if (error.Code == ErrorCode.Timeout && error.Limit.Length == 0 && work.Limit == limits.MaxCallTime)
        {
            error.Limit = "max_call_milliseconds";
            error.Message = $"{error.Message.TrimEnd('.')} ({error.Limit}).";
        }

        return error;
    }

    private CallOutcome Outcome(Session session, CallRequest request, PreparedCall call, WorkerOutcome outcome)
    {
        try
        {
            return outcome.Result is { } result
                ? new CallOutcome { Response = Answer(session, request, call, result) }
                : new CallOutcome { Error = NameLimit(outcome.Failure!.Error, call.Work) };
        }
        catch (ProtocolException failure)
        {
            return new CallOutcome { Error = failure.Error };
        }
    }

    private PreparedCall Prepare(Session session, CallRequest request)
    {
        if (request.InputCase == CallRequest.InputOneofCase.Packed)
        {
            return PreparePacked(session, request);
        }

        if (request.Arguments is null)
        {
            throw Invalid("a call needs arguments, or packed ones");
        }

        // What is checked as values is small; sizes of arrays come from the buffers that they name.
        List<Segment>? held = null;
        ServedFunction? function = null;
        try
        {
            ServedBuffer Hold(ulong id)
            {
                var buffer = session.Buffers.Acquire(id);
                if (buffer.Segment is { } segment)
                {
                    (held ??= []).Add(segment);
                }

                return buffer;
            }

            Segment HoldNew(long bytes)
            {
                var segment = Segment.Create(bytes);
                (held ??= []).Add(segment);
                return segment;
            }

            foreach (var value in request.Arguments.Positional.Concat(request.Arguments.Named.Values))
            {
                DescribeBuffer(session, value);
            }

            var candidates = Candidates(session, request);
            var index = OverloadResolution.Choose(
                request.TargetCase == CallRequest.TargetOneofCase.Name
                    ? request.Name
                    : $"function {request.FunctionId}",
                [.. candidates.Select(static f => f.Layout.Signature)],
                request.Arguments,
                out var values
            );
            if (!candidates[index].TryUse())
            {
                throw new ProtocolException(ErrorCode.NotFound, "the function has been unloaded");
            }

            function = candidates[index];
            var writer = new ArgumentWriter(function.Layout, Hold, HoldNew);
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = function.Layout.Signature.Parameters[i];
                writer.Add(values[i], parameter.Type, parameter.Name.Length > 0 ? parameter.Name : $"argument {i}");
            }

            var work = Work(session, function, request, writer.Slots, writer.Arrays, 1);
            return new PreparedCall(session, function, work, held, isPacked: false);
        }
        catch
        {
            function?.Leave();
            held?.ForEach(static segment => segment.Release());
            throw;
        }
    }

    private PreparedCall PreparePacked(Session session, CallRequest request)
    {
        if (request.TargetCase != CallRequest.TargetOneofCase.FunctionId)
        {
            throw Invalid("packed arguments choose no overload: call a function by its id");
        }

        var function = session.Functions.Use(request.FunctionId);
        try
        {
            var layout = function.Layout;
            if (!layout.IsAllScalar)
            {
                throw Invalid("packed arguments are for functions of scalars alone");
            }

            var size = layout.Parameters.Length * sizeof(long);
            var count = size == 0 ? 1 : request.Packed.Length / size;
            if (count * size != request.Packed.Length || count == 0)
            {
                throw Invalid(
                    $"a call takes {size} bytes of packed arguments, 8 for each of {layout.Parameters.Length} values; {request.Packed.Length} came"
                );
            }

            if (count > limits.MaxBatchCalls)
            {
                throw ProtocolException.Limit(
                    "max_batch_calls",
                    $"{count} packed calls are more than max_batch_calls, {limits.MaxBatchCalls}: send several requests"
                );
            }

            if (layout.HasBool)
            {
                CheckBools(layout, request.Packed.Span);
            }

            var work = Work(session, function, request, request.Packed.Memory, [], count);
            return new PreparedCall(session, function, work, held: null, isPacked: true);
        }
        catch
        {
            function.Leave();
            throw;
        }
    }

    private static void CheckBools(FunctionLayout layout, ReadOnlySpan<byte> packed)
    {
        for (var at = 0; at < packed.Length; at += sizeof(long))
        {
            var leaf = at / sizeof(long) % layout.Parameters.Length;
            if (layout.Parameters[leaf].Element == ScalarKind.Bool)
            {
                ArgumentWriter.CheckBools(packed.Slice(at, 1), $"value {leaf}");
            }
        }
    }

    private WorkerCall Work(
        Session session,
        ServedFunction function,
        CallRequest request,
        ReadOnlyMemory<byte> slots,
        ImmutableArray<WorkerArray> arrays,
        int count
    ) =>
        new()
        {
            Unit = function.Module.Unit,
            Function = 0,
            Count = count,
            Packed = slots,
            Arrays = arrays,
            Limit =
                request.Options?.TimeoutMilliseconds is > 0 and var wanted
                && TimeSpan.FromMilliseconds(wanted) < limits.MaxCallTime
                    ? TimeSpan.FromMilliseconds(wanted)
                    : limits.MaxCallTime,
            MaxBytes = limits.MaxCallMemoryBytes,
            Owner = session,
            Recycled = function.Layout.IsAllScalar ? null : session.Buffers.TakeIdle(),
        };

    private ImmutableArray<ServedFunction> Candidates(Session session, CallRequest request)
    {
        if (request.TargetCase == CallRequest.TargetOneofCase.FunctionId)
        {
            var function = session.Functions.Use(request.FunctionId);
            function.Leave();
            return [function];
        }

        if (request.TargetCase != CallRequest.TargetOneofCase.Name)
        {
            throw Invalid("a call names a function, by its id or its name");
        }

        var own = session.Functions.Find(request.Name);
        var found = own.IsEmpty ? shared.FindFunctions(request.Name) : own;
        return found.IsEmpty
            ? throw new ProtocolException(
                ErrorCode.NotFound,
                $"there is no function '{request.Name}' in this session, and none is shared under this name: define it first"
            )
            : found;
    }

    /// <summary>Overloads are chosen by types: an array that is named by its buffer gets the buffer's.</summary>
    private static void DescribeBuffer(Session session, Value value)
    {
        if (value is { KindCase: Value.KindOneofCase.Array, Array.DataCase: ArrayValue.DataOneofCase.BufferId })
        {
            var buffer = session.Buffers.Find(value.Array.BufferId);
            if (value.Array.Element == ScalarKind.Unspecified)
            {
                value.Array.Element = buffer.Element;
            }

            if (value.Array.Shape.Count == 0)
            {
                value.Array.Shape.AddRange(buffer.Shape);
            }
        }
        else if (value.KindCase == Value.KindOneofCase.Struct)
        {
            foreach (var field in value.Struct.Fields)
            {
                DescribeBuffer(session, field);
            }
        }
    }

    private static CallResponse Answer(Session session, CallRequest request, PreparedCall call, WorkerResult result)
    {
        call.Function.Count(call.Work.Count, result.RunTime);
        if (result.Error is { } error)
        {
            throw new ProtocolException(Thrown(error, call.Work.Count > 1 ? result.ErrorRow : null));
        }

        var response = new CallResponse
        {
            RunNanoseconds = (ulong)(result.RunTime.Ticks * TimeSpan.NanosecondsPerTick),
        };
        if (call.IsPacked)
        {
            response.Packed = UnsafeByteOperations.UnsafeWrap(result.Packed);
            return response;
        }

        var options = request.Options;
        var inlineBytes =
            options is { KeepResults: true } ? -1
            : options is { MaxInlineBytes: > 0 and var most }
                ? (int)Math.Min(most, (uint)session.Limits.MaxMessageBytes / 2)
            : Math.Min(DefaultInlineBytes, session.Limits.MaxMessageBytes / 2);
        var reader = new ResultReader(
            result,
            (leaf, array) => Place(session, call, leaf, array, inlineBytes),
            call.Return
        );
        response.Result = reader.Read(call.Function.Layout.Signature.Result);
        return response;
    }

    /// <summary>The exception that a function threw.</summary>
    private static Error Thrown(KernelError error, int? row)
    {
        var message = error.ToException().Message;
        return new Error
        {
            Code = ErrorCode.KernelException,
            ExceptionType = error.TypeName,
            Message = row is { } r ? $"{message} (call {r} of the packed ones)" : message,
            Location = error.Location,
        };
    }

    private static ArrayValue Place(Session session, PreparedCall call, Leaf leaf, WorkerArray array, int inlineBytes)
    {
        var placed = new ArrayValue { Element = leaf.Element };
        placed.Shape.AddRange(array.Shape);
        var bytes = ArrayShape.Bytes(leaf.Element, placed.Shape);
        if (bytes <= inlineBytes)
        {
            placed.Inline = array.Segment is null
                ? UnsafeByteOperations.UnsafeWrap(array.Inline)
                : ByteString.CopyFrom(array.Segment.Slice(0, (int)bytes));
            if (array.Segment is not null)
            {
                call.Return(array.Segment);
            }

            return placed;
        }

        var segment = array.Segment;
        if (segment is null && bytes > 0)
        {
            segment = Segment.Create(bytes);
            array.Inline.Span.CopyTo(segment.Slice(0, (int)bytes));
        }

        placed.BufferId = session.Buffers.Adopt(leaf.Element, array.Shape, bytes, segment).Id;
        return placed;
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
