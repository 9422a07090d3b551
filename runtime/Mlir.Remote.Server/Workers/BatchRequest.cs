using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>Some calls of a batch, which travel in one frame.</summary>
internal sealed class BatchRequest : WorkerRequest
{
    private readonly CallBatch batch;
    private readonly ArraySegment<int> places;
    private readonly ArraySegment<WorkerCall> calls;
    private readonly WorkerOutcome[] outcomes;

    /// <summary>Some calls of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="places">Each call's place in it.</param>
    /// <param name="calls">The calls, at least one.</param>
    public BatchRequest(CallBatch batch, ArraySegment<int> places, ArraySegment<WorkerCall> calls)
        : base(calls.Max(static call => call.Limit))
    {
        this.batch = batch;
        this.places = places;
        this.calls = calls;
        outcomes = new WorkerOutcome[calls.Count];
        foreach (var call in calls)
        {
            CallCodec.Retain(call);
        }
    }

    public override string Activity => "the call";

    public override IReadOnlyList<WorkerRequest>? Split() =>
        calls.Count == 1
            ? null
            :
            [
                .. Enumerable
                    .Range(0, calls.Count)
                    .Select(i => new BatchRequest(batch, places.Slice(i, 1), calls.Slice(i, 1))),
            ];

    public override void Write(MessageWriter writer, long id, WorkerProcess worker)
    {
        CompiledUnit? last = null;
        foreach (var call in calls)
        {
            if (call.Unit != last)
            {
                worker.Load(writer, last = call.Unit);
            }
        }

        writer.Begin(FrameKind.Call, id);
        writer.Write(calls.Count);
        foreach (var call in calls)
        {
            CallCodec.Write(writer, call, worker);
        }

        writer.End();
    }

    public override void Read(FrameKind kind, ReadOnlySpan<byte> payload, WorkerProcess worker)
    {
        var reader = new MessageReader(payload);
        if (kind != FrameKind.Returned || reader.Read<int>() != calls.Count)
        {
            throw new InvalidDataException($"{kind} answers no batch of {calls.Count} calls.");
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = CallCodec.Read(ref reader, calls[i], worker);
        }

        reader.End();
    }

    protected override void Release()
    {
        foreach (var call in calls)
        {
            CallCodec.Release(call);
        }
    }

    protected override void Discard()
    {
        foreach (var outcome in outcomes)
        {
            CallCodec.Release(outcome.Result);
        }

        Array.Clear(outcomes);
    }

    protected override void Complete() => batch.Set(places, outcomes);

    protected override void CompleteFailed(ProtocolException failure)
    {
        Discard();
        Array.Fill(outcomes, new WorkerOutcome(null, failure));
        batch.Set(places, outcomes);
    }
}
