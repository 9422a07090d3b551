using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Turns a parallel loop into nested sequential ones that run its iterations in order.</summary>
internal static class ParallelToFor
{
    // parallel (%i, %j) = … init (%x) { …; reduce(%v) { combine } } → for %i { for %j iter_args(%a) { …; yield combine(%a, %v) } }
    public static void Convert(ParallelOp parallel)
    {
        var location = parallel.Location;
        var carried = parallel.InitVals.ToArray();
        var builder = new OpBuilder(parallel);
        var loops = new List<ForOp>();
        for (var i = 0; i < parallel.LoopCount; i++)
        {
            var loop = builder.Insert(
                ForOp.Create(location, parallel.LowerBound[i], parallel.UpperBound[i], parallel.Step[i], carried)
            );
            loops.Add(loop);
            carried = [.. loop.RegionIterArgs];
            builder.SetInsertionPointToEnd(loop.Body);
        }

        var body = parallel.Body;
        var target = loops[^1].Body;
        for (var i = 0; i < loops.Count; i++)
        {
            loops[i].InductionVar.NameHint = body.Arguments[i].NameHint;
            body.Arguments[i].ReplaceAllUsesWith(loops[i].InductionVar);
        }

        while (body.First is { } op)
        {
            op.Remove();
            target.Insert(op);
        }

        var results = Reduce((ReduceOp)target.Last!, carried, builder);
        for (var i = loops.Count - 1; i > 0; i--)
        {
            builder.SetInsertionPointToEnd(loops[i].Body);
            builder.Insert(new YieldOp(location, results));
            results = [.. loops[i].Results];
        }

        builder.SetInsertionPointToEnd(loops[0].Body);
        builder.Insert(new YieldOp(location, results));
        parallel.ReplaceAllUsesWith([.. loops[0].Results]);
        parallel.Erase();
    }

    /// <summary>Puts the combinations of <paramref name="reduce"/> in its place; returns the combined values.</summary>
    private static Value[] Reduce(ReduceOp reduce, Value[] carried, OpBuilder builder)
    {
        var results = new Value[carried.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var block = reduce.Reductions[i].Single;
            block.Arguments[0].ReplaceAllUsesWith(carried[i]);
            block.Arguments[1].ReplaceAllUsesWith(reduce.Operands[i]);
            var end = (ReduceReturnOp)block.Last!;
            results[i] = end.Result;
            end.Erase();
            while (block.First is { } op)
            {
                op.MoveBefore(reduce);
            }
        }

        builder.SetInsertionPoint(reduce);
        reduce.Erase();
        return results;
    }
}
