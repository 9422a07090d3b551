using System.Numerics;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The loops of one <c>linalg.generic</c> on memrefs.</summary>
internal sealed partial class LoopNest
{
    // In units of the cost model, for elements of eight bytes. What is worth a thread takes about a microsecond, several times what the hand-over
    // costs; a chunk is the granularity of the cuts, so short that ranges of a few of them are shared evenly.
    private const long ThreadWork = 3 << 13;
    private const long ChunkWork = 1 << 13;
    private const long ShortestChunk = 512;
    private const long LongestChunk = 8192;

    private readonly GenericOp _op;
    private readonly LinalgToLoops _options;
    private readonly Emitter _emit;
    private readonly IteratorType[] _kinds;
    private readonly Value[] _sizes;
    private readonly bool _vectorize;
    private readonly bool _isRow;
    private readonly int _work;

    public LoopNest(GenericOp op, LinalgToLoops options)
    {
        // Inside a loop over rows the threads are busy already.
        _isRow = op.GetAttribute(FuseRows.RowAttribute) is not null;
        (_op, _options) = (op, _isRow ? options with { Parallel = false, NonTemporalBytes = 0 } : options);
        _emit = new Emitter(new OpBuilder(op), op.Location);
        _kinds = op.IteratorKinds;
        _sizes = [.. Enumerable.Range(0, _kinds.Length).Select(loop => _emit.LoopSize(op, loop))];
        _work = Math.Max(1, op.BodyBlock.CountOperations() + op.Operands.Count);
        _vectorize = VectorBody.Supports(op);
    }

    private int Inner => _kinds.Length - 1;

    private static bool IsParallel(IteratorType kind) => kind == IteratorType.Parallel;

    public void Emit()
    {
        if (_kinds.Length == 0)
        {
            Store(_emit, [], ScalarBody.Emit(_emit, _op, []));
        }
        else if (_kinds.All(IsParallel))
        {
            EmitElementwise();
        }
        else if (IsParallel(_kinds[Inner]))
        {
            EmitRowsIntoRow();
        }
        else if (
            Combiner.FindAll(_op) is not { } combiners
            || (!_vectorize && combiners.Any(c => c is not AssociativeCombiner))
            || Contraction.Find(_op) is { Accumulator: FloatType } // adds its products in order
        )
        {
            EmitSequential();
        }
        else if (_isRow || _kinds.Any(IsParallel))
        {
            EmitReductionPerElement(combiners);
        }
        else
        {
            EmitFullReduction(combiners);
        }
    }

    /// <summary>Runs <paramref name="body"/> on <c>begin … end</c> ranges that cover <c>0 … count</c>.</summary>
    /// <param name="count">The length of the range.</param>
    /// <param name="chunk">The length of a piece.</param>
    /// <param name="staticChunk">The same where it is known; 0 where not.</param>
    /// <param name="body">Emits a piece.</param>
    /// <param name="grain">How many pieces are worth a thread; by default as many as hold <see cref="ThreadElements"/> in pieces of <see cref="ChunkElements"/>.</param>
    private void ForChunks(
        Value count,
        Value chunk,
        long staticChunk,
        Action<Emitter, Value, Value> body,
        long grain = 0
    )
    {
        if (!_options.Parallel || (staticChunk > 0 && count.ConstInt is { } known && known <= staticChunk))
        {
            body(_emit, _emit.Index(0), count);
            return;
        }

        _emit.ForChunks(count, chunk, grain > 0 ? grain : CeilDiv(ThreadElements(), ChunkElements()), body);
    }

    private long ChunkElements() =>
        (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(ChunkWork / Cost, ShortestChunk, LongestChunk));

    /// <summary>The least elements that are worth a thread.</summary>
    private long ThreadElements() => Math.Max(1, ThreadWork * 8 / (Cost * WidestBytes));

    private static long CeilDiv(long value, long by) => (value + by - 1) / by;

    private long Cost => CostModel.OfElement(_op) + _op.Operands.Count;

    private long WidestBytes => Math.Max(1, VectorBody.WidestBits(_op) / 8);

    private Value RowsPerChunk() =>
        _emit.Max(_emit.Index(1), _emit.Div(_emit.Index(ChunkElements()), _emit.Max(_emit.Index(1), _sizes[Inner])));

    /// <summary>Nested loops over all of <paramref name="loops"/>.</summary>
    private void Nest(Emitter emit, int[] loops, Value[] ivs, Action<Emitter, Value[]> body)
    {
        if (loops.Length == 0)
        {
            body(emit, ivs);
            return;
        }

        emit.For(
            emit.Index(0),
            _sizes[loops[0]],
            emit.Index(1),
            [],
            (e, iv, _) =>
            {
                var inner = (Value[])ivs.Clone();
                inner[loops[0]] = iv;
                Nest(e, loops[1..], inner, body);
                return [];
            }
        );
    }

    private Value[] Scatter(int[] loops, Value[] values)
    {
        var ivs = new Value[_kinds.Length];
        for (var i = 0; i < loops.Length; i++)
        {
            ivs[loops[i]] = values[i];
        }

        return ivs;
    }

    private Value[] WithRow(Emitter emit, Value[] ivs, int[] rowLoops, Value row)
    {
        var all = (Value[])ivs.Clone();
        var subscripts = emit.Delinearize(row, [.. rowLoops.Select(d => _sizes[d])]);
        for (var i = 0; i < rowLoops.Length; i++)
        {
            all[rowLoops[i]] = subscripts[i];
        }

        return all;
    }

    /// <summary>The place just in front of the loop whose body <paramref name="body"/> appends to.</summary>
    private static Emitter HoistOf(Emitter body) => new(new OpBuilder(body.Builder.Block!.ParentOp!), body.Location);
}
