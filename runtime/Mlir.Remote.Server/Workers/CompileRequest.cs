using System.Diagnostics;
using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>A module to compile.</summary>
internal sealed class CompileRequest(long unit, ReadOnlyMemory<byte> module, string target, TimeSpan limit)
    : WorkerRequest(limit)
{
    private readonly TaskCompletionSource<CompiledUnit> result = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private CompiledUnit? compiled;
    private ProtocolException? failure;
    private long start;

    /// <summary>Ends with the unit.</summary>
    public Task<CompiledUnit> Result => result.Task;

    public override string Activity => "compiling the module";

    public override string TimeLimitName => WorkerLimits.CompileTime;

    public override void Write(MessageWriter writer, long id, WorkerProcess worker)
    {
        start = Stopwatch.GetTimestamp();
        writer.Begin(FrameKind.Compile, id);
        writer.Write(unit);
        writer.WriteText(target);
        writer.WriteBytes(module.Span);
        writer.End();
    }

    public override void Read(FrameKind kind, ReadOnlySpan<byte> payload, WorkerProcess worker)
    {
        var reader = new MessageReader(payload);
        if (kind == FrameKind.Failed)
        {
            failure = ToException(Failure.Read(ref reader));
        }
        else if (kind == FrameKind.Compiled)
        {
            compiled = new CompiledUnit(unit, UnitContents.Read(ref reader), Stopwatch.GetElapsedTime(start));
            worker.Loaded(unit);
        }
        else
        {
            throw new InvalidDataException($"{kind} answers no compilation.");
        }

        reader.End();
    }

    protected override void Complete()
    {
        if (compiled is not null)
        {
            result.SetResult(compiled);
        }
        else
        {
            result.SetException(failure!);
        }
    }

    protected override void CompleteFailed(ProtocolException failure) => result.SetException(failure);
}
