using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>A module to show at every level.</summary>
internal sealed class ListRequest(ReadOnlyMemory<byte> module, string target, TimeSpan limit) : WorkerRequest(limit)
{
    private readonly TaskCompletionSource<ImmutableArray<(string Stage, string Text)>> result = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private ImmutableArray<(string Stage, string Text)> listings;
    private ProtocolException? failure;

    /// <summary>Ends with the module's text at every level.</summary>
    public Task<ImmutableArray<(string Stage, string Text)>> Result => result.Task;

    public override string Activity => "listing the module";

    public override string TimeLimitName => WorkerLimits.CompileTime;

    public override void Write(MessageWriter writer, long id, WorkerProcess worker)
    {
        writer.Begin(FrameKind.List, id);
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
        else if (kind == FrameKind.Listed)
        {
            var stages = new (string, string)[reader.ReadCount(2 * sizeof(int))];
            for (var i = 0; i < stages.Length; i++)
            {
                stages[i] = (reader.ReadText(), reader.ReadText());
            }

            listings = [.. stages];
        }
        else
        {
            throw new InvalidDataException($"{kind} answers no listing.");
        }

        reader.End();
    }

    protected override void Complete()
    {
        if (failure is null)
        {
            result.SetResult(listings);
        }
        else
        {
            result.SetException(failure);
        }
    }

    protected override void CompleteFailed(ProtocolException failure) => result.SetException(failure);
}
