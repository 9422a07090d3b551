using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>Calls as workers read them, and their outcomes as workers write them.</summary>
internal static class CallCodec
{
    /// <summary>Checks that a call's arguments fit its function, sizes that the function fixes included.</summary>
    /// <exception cref="ProtocolException">They do not: the request is invalid.</exception>
    public static void Check(WorkerCall call)
    {
        if ((uint)call.Function >= (uint)call.Unit.Functions.Length)
        {
            throw Invalid($"The unit has no function #{call.Function}.");
        }

        var function = call.Unit.Functions[call.Function];
        var arrays = function.Parameters.Length - function.ScalarParameters;
        if (call.Count < 1 || (call.Count > 1 && (arrays > 0 || function.ScalarResults < function.Results.Length)))
        {
            throw Invalid($"'{function.Name}' cannot be called {call.Count} times at once.");
        }

        var packed = (long)call.Count * function.ScalarParameters * sizeof(long);
        var answer = (long)call.Count * function.ScalarResults * sizeof(long);
        if (
            call.Packed.Length != packed
            || answer > FrameChannel.MaxPayload / 2
            || packed > FrameChannel.MaxPayload / 2
        )
        {
            throw Invalid(
                $"{call.Count} calls of '{function.Name}' take {packed} bytes of scalars, not {call.Packed.Length}."
            );
        }

        if (call.Arrays.Length != arrays)
        {
            throw Invalid($"'{function.Name}' takes {arrays} arrays, not {call.Arrays.Length}.");
        }

        var next = 0;
        foreach (var parameter in function.Parameters)
        {
            if (parameter.IsScalar)
            {
                continue;
            }

            var array = call.Arrays[next];
            var bytes = parameter.BytesOf(array.Shape.AsSpan());
            if (bytes < 0)
            {
                throw Invalid(
                    $"Array #{next} of '{function.Name}' is {parameter}; sizes of [{string.Join(", ", array.Shape)}] do not fit."
                );
            }

            if (
                array.Segment is { } segment
                    ? segment.Length < bytes
                    : array.Inline.Length != bytes || bytes > WorkerArray.MaxInlineBytes
            )
            {
                throw Invalid(
                    $"Array #{next} of '{function.Name}' has {bytes} bytes, not {array.Segment?.Length ?? array.Inline.Length}."
                );
            }

            next++;
        }
    }

    /// <summary>Holds what a call reads and writes while it may run.</summary>
    public static void Retain(WorkerCall call)
    {
        foreach (var array in call.Arrays)
        {
            array.Segment?.Retain();
        }

        foreach (var segment in call.Recycled ?? [])
        {
            segment.Retain();
        }
    }

    /// <summary>Lets go of what <see cref="Retain"/> held.</summary>
    public static void Release(WorkerCall call)
    {
        foreach (var array in call.Arrays)
        {
            array.Segment?.Release();
        }

        foreach (var segment in call.Recycled ?? [])
        {
            segment.Release();
        }
    }

    /// <summary>Lets go of the segments of results that nobody takes.</summary>
    public static void Release(WorkerResult? result)
    {
        foreach (var array in result?.Arrays ?? [])
        {
            array.Segment?.Release();
        }
    }

    /// <summary>Writes one call.</summary>
    public static void Write(MessageWriter writer, WorkerCall call, WorkerProcess worker)
    {
        writer.Write(call.Unit.Id);
        writer.Write(call.Function);
        writer.Write(call.Count);
        writer.Write(call.MaxBytes);
        writer.WriteBytes(call.Packed.Span);
        writer.Write(call.Arrays.Length);
        foreach (var array in call.Arrays)
        {
            writer.WriteShape(array.Shape.AsSpan());
            if (array.Segment is { } segment)
            {
                writer.Write(ArrayPlace.Segment);
                Write(writer, segment, worker);
            }
            else
            {
                writer.Write(ArrayPlace.Inline);
                writer.WriteBlock(array.Inline.Span);
            }
        }

        var recycled = call.Recycled ?? [];
        writer.Write(recycled.Count);
        foreach (var segment in recycled)
        {
            Write(writer, segment, worker);
        }
    }

    /// <summary>Reads one call's outcome. Nothing that the worker says is believed: it may have been taken over by what it ran.</summary>
    /// <exception cref="InvalidDataException">It is no outcome of this call.</exception>
    public static WorkerOutcome Read(ref MessageReader reader, WorkerCall call, WorkerProcess worker)
    {
        var status = reader.Read<CallStatus>();
        var nanoseconds = Math.Max(reader.Read<long>(), 0);
        if (status == CallStatus.Failed)
        {
            return new WorkerOutcome(null, WorkerRequest.ToException(Failure.Read(ref reader)));
        }

        var function = call.Unit.Functions[call.Function];
        var packed = reader.ReadBytes();
        var runTime = TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
        if (status == CallStatus.Threw)
        {
            var row = reader.Read<int>();
            if ((uint)row >= (uint)call.Count || packed.Length != row * function.ScalarResults * sizeof(long))
            {
                throw new InvalidDataException("The rows before a failure do not add up.");
            }

            return new WorkerOutcome(
                new WorkerResult
                {
                    Packed = packed.ToArray(),
                    RunTime = runTime,
                    Error = UnitContents.ReadError(ref reader),
                    ErrorRow = row,
                },
                null
            );
        }

        if (status != CallStatus.Returned || packed.Length != call.Count * function.ScalarResults * sizeof(long))
        {
            throw new InvalidDataException("The scalars of a result do not add up.");
        }

        return new WorkerOutcome(
            new WorkerResult
            {
                Packed = packed.ToArray(),
                RunTime = runTime,
                Arrays =
                    function.ScalarResults == function.Results.Length
                        ? []
                        : ReadArrays(ref reader, function, call, worker),
            },
            null
        );
    }

    private static ImmutableArray<WorkerArray> ReadArrays(
        ref MessageReader reader,
        UnitFunction function,
        WorkerCall call,
        WorkerProcess worker
    )
    {
        var arrays = new List<WorkerArray>();
        try
        {
            foreach (var result in function.Results)
            {
                if (!result.IsScalar)
                {
                    arrays.Add(ReadArray(ref reader, result, call, arrays, worker));
                }
            }
        }
        catch
        {
            foreach (var array in arrays)
            {
                array.Segment?.Release();
            }

            throw;
        }

        return [.. arrays];
    }

    private static WorkerArray ReadArray(
        ref MessageReader reader,
        UnitValue type,
        WorkerCall call,
        List<WorkerArray> before,
        WorkerProcess worker
    )
    {
        ImmutableArray<long> shape = [.. reader.ReadShape()];
        var bytes = type.BytesOf(shape.AsSpan());
        if (bytes < 0)
        {
            throw new InvalidDataException("A result's sizes do not fit its type.");
        }

        switch (reader.Read<ArrayPlace>())
        {
            case ArrayPlace.Inline:
                var block = reader.ReadBlock();
                return block.Length == bytes
                    ? new WorkerArray(shape, block.ToArray(), null)
                    : throw new InvalidDataException("A result's elements do not fit its sizes.");

            case ArrayPlace.Segment:
                var id = reader.Read<long>();
                var segment = (call.Recycled ?? []).FirstOrDefault(candidate => candidate.Id == id);
                return segment is not null && segment.Length >= bytes && before.All(array => array.Segment != segment)
                    ? new WorkerArray(shape, default, segment.Retain())
                    : throw new InvalidDataException("A result lies in a segment that was not offered.");

            case ArrayPlace.NewFile:
                var descriptor = reader.Read<int>();
                var length = reader.Read<long>();
                return length >= bytes
                    ? new WorkerArray(shape, default, worker.Adopt(descriptor, bytes))
                    : throw new InvalidDataException("A result's file is too small.");

            default:
                throw new InvalidDataException("A result is nowhere.");
        }
    }

    private static void Write(MessageWriter writer, Segment segment, WorkerProcess worker)
    {
        writer.Write(segment.Id);
        writer.WriteText(segment.Path);
        worker.Mapped(segment);
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
