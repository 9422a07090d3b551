using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Mlir.Remote.Worker.Compilation;
using Mlir.Remote.Worker.Execution;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Worker;

/// <summary>Reads the server's requests and does them, one after the other, on the thread that calls <see cref="Run"/>.</summary>
/// <param name="channel">The connection to the server.</param>
internal sealed unsafe class WorkerLoop(FrameChannel channel)
{
    private readonly Dictionary<long, LoadedUnit> units = [];
    private readonly Dictionary<long, Failure> unloadable = [];
    private readonly SegmentTable segments = new();
    private readonly MessageWriter writer = new();
    private CallFrame? frame;
    private bool silent;

    /// <summary>
    /// Does what requests ask for once, with something small, so that the first request does not wait for what a process's first
    /// compilation and first call cost.
    /// </summary>
    public void WarmUp()
    {
        const long Unit = -1;
        silent = true;
        frame ??= new CallFrame(segments);
        var request = new MessageWriter();
        request.Begin(FrameKind.Compile, 0);
        request.Write(Unit);
        request.WriteText(ModuleCompiler.Targets[0]);
        request.WriteBytes(ModuleCompiler.Sample);
        var reader = new MessageReader(request.Written[FrameHeader.Size..]);
        Compile(0, ref reader);

        request.Clear();
        request.Begin(FrameKind.Call, 0);
        request.Write(1); // one call
        request.Write(Unit);
        request.Write(0); // its first function
        request.Write(1); // one row
        request.Write(long.MaxValue);
        request.WriteBytes(BitConverter.GetBytes(1.0));
        request.Write(1); // one array of one element
        request.WriteShape([1]);
        request.Write(ArrayPlace.Inline);
        request.WriteBlock(BitConverter.GetBytes(2.0));
        request.Write(0); // nothing recycled
        reader = new MessageReader(request.Written[FrameHeader.Size..]);
        Call(0, ref reader);
        Forget(Unit);
        silent = false;
    }

    /// <summary>Works until the server closes the connection.</summary>
    /// <exception cref="InvalidDataException">The server sent what is no request.</exception>
    public void Run()
    {
        frame ??= new CallFrame(segments);
        writer.Begin(FrameKind.Ready, 0);
        writer.Write(ModuleCompiler.Targets.Length);
        foreach (var target in ModuleCompiler.Targets)
        {
            writer.WriteText(target);
        }

        writer.WriteText(ModuleCompiler.Processor);
        Send();
        while (channel.TryReceive(out var header, out var payload))
        {
            var reader = new MessageReader(payload);
            switch (header.Kind)
            {
                case FrameKind.Call:
                    Call(header.Id, ref reader);
                    break;
                case FrameKind.Compile:
                    Compile(header.Id, ref reader);
                    break;
                case FrameKind.List:
                    List(header.Id, ref reader);
                    break;
                case FrameKind.Load:
                    Load(ref reader);
                    break;
                case FrameKind.Forget:
                    foreach (var id in MemoryMarshal.Cast<byte, long>(reader.ReadShapeBytes()))
                    {
                        Forget(id);
                    }

                    break;
                case FrameKind.Unmap:
                    foreach (var id in MemoryMarshal.Cast<byte, long>(reader.ReadShapeBytes()))
                    {
                        segments.Remove(id);
                    }

                    break;
                case FrameKind.Adopted:
                    for (var count = reader.ReadCount(12); count > 0; count--)
                    {
                        segments.Adopt(reader.Read<int>(), reader.Read<long>());
                    }

                    break;
                default:
                    throw new InvalidDataException($"Not a request: {header.Kind}.");
            }
        }
    }

    private void Compile(long id, ref MessageReader reader)
    {
        var unit = reader.Read<long>();
        var target = reader.ReadText();
        try
        {
            var contents = ModuleCompiler.Compile(reader.ReadBytes(), target, out var loaded);
            units[unit] = loaded;
            writer.Begin(FrameKind.Compiled, id);
            contents.Write(writer);
        }
        catch (Exception failure)
        {
            Fail(id, failure);
        }

        Send();
    }

    private void List(long id, ref MessageReader reader)
    {
        var target = reader.ReadText();
        try
        {
            var listings = ModuleCompiler.List(reader.ReadBytes(), target);
            writer.Begin(FrameKind.Listed, id);
            writer.Write(listings.Count);
            foreach (var listing in listings)
            {
                writer.WriteText(listing.Stage);
                writer.WriteText(listing.Text);
            }
        }
        catch (Exception failure)
        {
            Fail(id, failure);
        }

        Send();
    }

    private void Load(ref MessageReader reader)
    {
        var id = reader.Read<long>();
        var contents = UnitContents.Read(ref reader);
        try
        {
            unloadable.Remove(id);
            units[id] = ModuleCompiler.Load(contents);
        }
        catch (Exception failure)
        {
            unloadable[id] = FailureOf(failure);
        }

        writer.Begin(FrameKind.Loaded, 0);
        Send();
    }

    private void Forget(long id)
    {
        unloadable.Remove(id);
        if (units.Remove(id, out var unit))
        {
            unit.Dispose();
        }
    }

    private void Call(long id, ref MessageReader reader)
    {
        segments.DropPending();
        frame!.BeginRequest();
        writer.Begin(FrameKind.Returned, id);
        var count = reader.ReadCount();
        writer.Write(count);
        for (; count > 0; count--)
        {
            CallOne(ref reader);
        }

        Send();
    }

    /// <summary>Runs one call and writes its outcome.</summary>
    private void CallOne(ref MessageReader reader)
    {
        var outcome = writer.PayloadLength;
        writer.Write(CallStatus.Returned);
        writer.Write(0L); // run time, known later

        var unitId = reader.Read<long>();
        var function = reader.Read<int>();
        var rows = reader.Read<int>();
        var limit = reader.Read<long>();
        var scalars = reader.ReadBytes();
        Failure? failure = null;
        if (!units.TryGetValue(unitId, out var unit))
        {
            failure =
                unloadable.GetValueOrDefault(unitId)
                ?? new Failure(FailureKind.Internal, $"The unit {unitId} is not loaded.");
        }
        else if ((uint)function >= (uint)unit.Functions.Length)
        {
            failure = new Failure(FailureKind.Internal, $"The unit {unitId} has no function #{function}.");
            unit = null;
        }

        try
        {
            ReadArrays(ref reader, unit?.Functions[function], limit);
        }
        catch (Exception refused) when (refused is InvalidDataException or OutOfMemoryException)
        {
            failure = FailureOf(refused);
        }

        if (failure is not null)
        {
            WriteFailure(outcome, failure);
            return;
        }

        var call = frame!;
        var row = 0;
        var packed = writer.PayloadLength;
        var results = call.Function.ScalarResults * sizeof(long);
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (scalars.Length != (long)rows * call.Function.ScalarParameters * sizeof(long))
            {
                throw new InvalidDataException("The scalars do not fit the function.");
            }

            fixed (byte* arguments = scalars)
            fixed (byte* values = writer.WriteBytes(checked(rows * results)))
            {
                for (; row < rows; row++)
                {
                    call.Scalars = (long*)(arguments + ((long)row * call.Function.ScalarParameters * sizeof(long)));
                    call.ScalarResults = (long*)(values + ((long)row * results));
                    unit!.Run(function, call);
                }
            }

            writer.Patch(outcome + 1, (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            WriteArrays(call);
        }
        catch (KernelFailure thrown)
        {
            writer.Patch(outcome, CallStatus.Threw);
            writer.Patch(outcome + 1, (long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);

            // The rows before this one count.
            writer.Patch(packed, row * results);
            writer.Truncate(packed + sizeof(int) + (row * results));
            writer.Write(row);
            UnitContents.WriteError(writer, thrown.Error);
        }
        catch (Exception other)
        {
            WriteFailure(outcome, FailureOf(other));
        }
        finally
        {
            KernelServices.Current = null;
        }
    }

    /// <summary>Reads the call's arrays into the frame. Reads all of them even when the call cannot run: the next call follows.</summary>
    private void ReadArrays(ref MessageReader reader, UnitFunction? function, long limit)
    {
        frame!.Begin(function ?? NoFunction, limit);
        Exception? refused = null;
        var arrays = function is null ? [] : function.Parameters.Where(static p => !p.IsScalar).ToArray();
        var count = reader.ReadCount();
        for (var i = 0; i < count; i++)
        {
            var shape = reader.ReadShapeBytes();
            var bytes = i < arrays.Length ? arrays[i].BytesOf(MemoryMarshal.Cast<byte, long>(shape)) : -1;
            if (reader.Read<ArrayPlace>() == ArrayPlace.Inline)
            {
                var block = reader.ReadBlock();
                fixed (byte* elements = block)
                {
                    // The receive buffer does not move before the next frame.
                    frame.Add(elements, block.Length, shape);
                }

                refused ??= bytes == block.Length ? null : new InvalidDataException("An array does not fit its type.");
                continue;
            }

            var id = reader.Read<long>();
            var path = reader.ReadText();
            if (bytes < 0)
            {
                refused ??= new InvalidDataException("An array does not fit its type.");
                continue;
            }

            try
            {
                frame.Add(segments.Get(id, bytes, path, write: false).Pointer, bytes, shape);
            }
            catch (Exception failure) when (failure is InvalidDataException or OutOfMemoryException)
            {
                refused ??= failure;
            }
        }

        for (var offers = reader.ReadCount(); offers > 0; offers--)
        {
            var id = reader.Read<long>();
            var path = reader.ReadText();
            try
            {
                frame.Offer(id, segments.Get(id, 0, path, write: true));
            }
            catch (Exception failure) when (failure is InvalidDataException or OutOfMemoryException)
            {
                refused ??= failure;
            }
        }

        if ((refused ?? (count == arrays.Length ? null : new InvalidDataException("Arrays are missing."))) is { } why)
        {
            throw why;
        }
    }

    private void WriteArrays(CallFrame call)
    {
        for (var i = 0; i < call.Function.Results.Length; i++)
        {
            if (call.Function.Results[i].IsScalar)
            {
                continue;
            }

            ref readonly var result = ref call.Result(i);
            writer.WriteShape(call.ResultShape(i));
            if (result.Segment != 0)
            {
                writer.Write(ArrayPlace.Segment);
                writer.Write(result.Segment);
            }
            else if (result.File is { } file)
            {
                writer.Write(ArrayPlace.NewFile);
                writer.Write(file.Descriptor);
                writer.Write(file.Length);
            }
            else
            {
                writer.Write(ArrayPlace.Inline);
                writer.WriteBlock(new ReadOnlySpan<byte>(result.Pointer, (int)result.Bytes));
            }
        }
    }

    private void WriteFailure(int outcome, Failure failure)
    {
        writer.Truncate(outcome);
        writer.Write(CallStatus.Failed);
        writer.Write(0L);
        failure.Write(writer);
    }

    private void Fail(long id, Exception failure)
    {
        writer.Clear();
        writer.Begin(FrameKind.Failed, id);
        FailureOf(failure).Write(writer);
    }

    private void Send()
    {
        writer.End();
        if (!silent)
        {
            channel.TrySend(writer.Written);
        }

        writer.Clear();
    }

    private static Failure FailureOf(Exception failure) =>
        failure switch
        {
            CompilationFailure refused => refused.Failure,
            MemoryLimitException => new Failure(FailureKind.Limit, failure.Message, WorkerLimits.CallMemory),
            OutOfMemoryException => new Failure(
                FailureKind.Limit,
                $"The worker process has no more memory: {failure.Message}",
                WorkerLimits.CallMemory
            ),
            _ => new Failure(FailureKind.Internal, $"{failure.GetType().Name}: {failure.Message}"),
        };

    private static readonly UnitFunction NoFunction = new("", ImmutableArray<UnitValue>.Empty, []);
}
