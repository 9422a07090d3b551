using Mlir.IR;

namespace Mlir.Lowering;

/// <content>Loops, whole or in chunks that threads share.</content>
internal sealed partial class ContractionNest
{
    /// <summary>A loop that is not there when it has one iteration.</summary>
    private static void Each(Emitter emit, Value count, Action<Emitter, Value> body) =>
        Loop(emit, emit.Index(0), count, emit.Index(1), body);

    private static void Loop(Emitter emit, Value begin, Value end, Value step, Action<Emitter, Value> body)
    {
        if (begin.ConstInt is { } from && end.ConstInt is { } to && step.ConstInt is { } stride && to - from <= stride)
        {
            if (to > from)
            {
                body(emit, begin);
            }

            return;
        }

        if (ReferenceEquals(begin, end))
        {
            return;
        }

        emit.For(
            begin,
            end,
            step,
            [],
            (e, iv, _) =>
            {
                body(e, iv);
                return [];
            }
        );
    }

    /// <summary>How many pieces one thread takes at a time: all where the work is little, else few.</summary>
    /// <param name="emit">Where the arithmetic goes.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="work">The products of a piece.</param>
    private static Value ChunkOf(Emitter emit, Value count, Value work)
    {
        var few = emit.Max(
            emit.CeilDiv(count, emit.Index(MostChunks)),
            emit.Div(emit.Index(ChunkProducts), emit.Max(emit.Index(1), work))
        );
        few = emit.Max(emit.Index(1), few);
        var total = emit.Mul(count, work);
        return total.ConstInt is { } known
            ? known > SharedProducts
                ? few
                : emit.Max(emit.Index(1), count)
            : emit.Select(emit.Less(emit.Index(SharedProducts), total), few, emit.Max(emit.Index(1), count));
    }
}
