using Mlir.Dialects.Scf;
using Mlir.IR;
using GenericOp = Mlir.Dialects.Linalg.GenericOp;

namespace Mlir.Lowering;

/// <content>Structured control flow.</content>
internal sealed partial class Emitter
{
    /// <summary>A counted loop; <paramref name="body"/> gets the induction variable and the carried values and returns the next ones.</summary>
    public Value[] For(
        Value begin,
        Value end,
        Value step,
        IReadOnlyList<Value> carried,
        Func<Emitter, Value, Value[], Value[]> body
    )
    {
        var loop = Insert(ForOp.Create(Location, begin, end, step, carried.ToArray()));
        var inside = new Emitter(new OpBuilder(loop.Body), Location);
        var next = body(inside, loop.InductionVar, [.. loop.RegionIterArgs]);
        inside.Insert(new YieldOp(Location, next));
        return [.. loop.Results];
    }

    /// <summary>A loop from 0 to <paramref name="count"/> whose iterations are independent.</summary>
    /// <param name="count">The number of iterations.</param>
    /// <param name="grain">How many iterations are worth a thread; 0 for a loop that stays on one.</param>
    /// <param name="body">Emits an iteration.</param>
    public void Parallel(Value count, long grain, Action<Emitter, Value> body)
    {
        if (grain == 0)
        {
            For(
                Index(0),
                count,
                Index(1),
                [],
                (e, iv, _) =>
                {
                    body(e, iv);
                    return [];
                }
            );
            return;
        }

        var loop = Insert(ParallelOp.Create(Location, [Index(0)], [count], [Index(1)]));
        loop.SetAttribute(OutlineParallel.GrainAttribute, IntegerAttr.Get(IntegerType.I64, grain));
        var inside = new Emitter(new OpBuilder(loop.Body), Location);
        body(inside, loop.Body.Arguments[0]);
        inside.Insert(new ReduceOp(Location, [], 0));
    }

    /// <summary>A range cut into chunks that are independent of each other.</summary>
    /// <param name="count">The length of the range, which begins at 0.</param>
    /// <param name="chunk">The length of a chunk; the last one may be shorter.</param>
    /// <param name="grain">How many chunks are worth a thread; 0 to stay on one.</param>
    /// <param name="body">Emits the chunk from the first value to the second.</param>
    public void ForChunks(Value count, Value chunk, long grain, Action<Emitter, Value, Value> body) =>
        Parallel(
            CeilDiv(count, chunk),
            grain,
            (emit, number) =>
            {
                var begin = emit.Mul(number, chunk);
                body(emit, begin, emit.Min(emit.Add(begin, chunk), count));
            }
        );

    /// <summary>How far a loop of an operation on memrefs goes.</summary>
    /// <exception cref="DiagnosticException">No array is subscripted by the loop alone.</exception>
    public Value LoopSize(GenericOp op, int loop) =>
        op.ArraysAlong(loop).FirstOrDefault() is { Array: { } array, Dim: var dim }
            ? MemRefDim(array, dim)
            : throw new DiagnosticException(UnknownSize.At(op.Location, loop));

    private static readonly DiagnosticTemplate UnknownSize = new(
        "MLIR3102",
        DiagnosticSeverity.Error,
        "no operand says how far loop {0} goes"
    );

    /// <summary>A loop that goes on while <paramref name="condition"/> of the carried values holds.</summary>
    public Value[] While(
        IReadOnlyList<Value> carried,
        Func<Emitter, Value[], Value> condition,
        Func<Emitter, Value[], Value[]> body
    )
    {
        var types = carried.Select(v => v.Type).ToArray();
        var loop = Insert(WhileOp.Create(Location, carried.ToArray(), types));
        var before = new Emitter(new OpBuilder(loop.Before.Single), Location);
        Value[] values = [.. loop.Before.Single.Arguments];
        before.Insert(new ConditionOp(Location, condition(before, values), values));
        var after = new Emitter(new OpBuilder(loop.After.Single), Location);
        after.Insert(new YieldOp(Location, body(after, [.. loop.After.Single.Arguments])));
        return [.. loop.Results];
    }

    /// <summary>
    /// One of two sides; without results and without <paramref name="otherwise"/> the second one is missing. The attribute
    /// <paramref name="weights"/>, if any, says how often each of them runs.
    /// </summary>
    public Value[] If(
        Value condition,
        IReadOnlyList<IrType> types,
        Func<Emitter, Value[]> then,
        Func<Emitter, Value[]>? otherwise = null,
        IrAttribute? weights = null
    )
    {
        var op = Insert(IfOp.Create(Location, condition, types.ToArray(), withElse: otherwise is not null));
        if (weights is not null)
        {
            op.SetAttribute(IfOp.WeightsName, weights);
        }

        var side = new Emitter(new OpBuilder(op.ThenBlock), Location);
        side.Insert(new YieldOp(Location, then(side)));
        if (otherwise is not null)
        {
            side = new Emitter(new OpBuilder(op.ElseBlock!), Location);
            side.Insert(new YieldOp(Location, otherwise(side)));
        }

        return [.. op.Results];
    }
}
