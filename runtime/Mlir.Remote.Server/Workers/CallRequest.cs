using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>One call.</summary>
internal sealed class CallRequest : WorkerRequest
{
    // Continuations run at once, on the thread that read the worker's answer: another thread would cost more than the call.
    private readonly TaskCompletionSource<WorkerResult> result = new();
    private readonly WorkerCall call;
    private WorkerOutcome outcome;

    public CallRequest(WorkerCall call)
        : base(call.Limit)
    {
        this.call = call;
        CallCodec.Retain(call);
    }

    /// <summary>Ends with the result.</summary>
    public Task<WorkerResult> Result => result.Task;

    public override string Activity => "the call";

    public override void Write(MessageWriter writer, long id, WorkerProcess worker)
    {
        worker.Load(writer, call.Unit);
        writer.Begin(FrameKind.Call, id);
        writer.Write(1);
        CallCodec.Write(writer, call, worker);
        writer.End();
    }

    public override void Read(FrameKind kind, ReadOnlySpan<byte> payload, WorkerProcess worker)
    {
        var reader = new MessageReader(payload);
        if (kind != FrameKind.Returned || reader.Read<int>() != 1)
        {
            throw new InvalidDataException($"{kind} answers no call.");
        }

        outcome = CallCodec.Read(ref reader, call, worker);
        reader.End();
    }

    protected override void Release() => CallCodec.Release(call);

    protected override void Discard() => CallCodec.Release(outcome.Result);

    protected override void Complete()
    {
        if (outcome.Failure is { } failure)
        {
            result.SetException(failure);
        }
        else
        {
            result.SetResult(outcome.Result!);
        }
    }

    protected override void CompleteFailed(ProtocolException failure) => result.SetException(failure);
}
