using Mlir.Dialects.Arith;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Cuts columns finer: iterations that go through neighbouring columns, one after the other and each for itself, become an iteration a column.
/// A processor wants neighbours in one thread, a GPU wants them in neighbouring ones.
/// </summary>
/// <example><code>
/// parallel (%b) = 0 to %n step 1024 { for %j { for %k = %b to min(%b + 1024, %n) { … %y[%j, %k] … } } }
/// → parallel (%b) = 0 to %n step 1 { for %j { for %k = %b to min(%b + 1, %n) { … %y[%j, %k] … } } }
/// </code></example>
internal static class ColumnLoops
{
    /// <summary>Changes <paramref name="op"/> where it is such a loop.</summary>
    public static void Narrow(Operation op)
    {
        if (
            op is not ParallelOp { Results.Count: 0, LoopCount: 1 } parallel
            || parallel.Step[0].ConstInt is not { } step
            || step <= 1
        )
        {
            return;
        }

        var begin = parallel.Body.Arguments[0];
        var (loops, nexts) = (new List<ForOp>(), new List<AddIOp>());
        foreach (var use in begin.Uses)
        {
            switch (use.Owner)
            {
                case ForOp { Results.Count: 0, UnsignedCmp: false, Step.ConstInt: { } by } loop
                    when use.Index == 0 && by == 1:
                    loops.Add(loop);
                    break;
                case AddIOp next when next.Rhs.ConstInt == step || next.Lhs.ConstInt == step:
                    nexts.Add(next);
                    break;
                default:
                    return;
            }
        }

        if (
            !loops.TrueForAll(l => EndsAtNext(l.UpperBound, nexts))
            || !nexts.TrueForAll(n => IsBoundOnly(n.Result, loops))
            || !AreColumns(op, loops)
        )
        {
            return;
        }

        foreach (var next in nexts)
        {
            var one = new Emitter(new OpBuilder(next), next.Location).Index(1);
            next.SetOperand(next.Lhs.ConstInt == step ? 0 : 1, one);
        }

        parallel.SetOperand(parallel.LoopCount * 2, new Emitter(new OpBuilder(op), op.Location).Index(1));
    }

    private static bool EndsAtNext(Value end, List<AddIOp> nexts) =>
        nexts.Exists(n => ReferenceEquals(n.Result, end))
        || (end.Definer is MinSIOp min && (EndsAtNext(min.Lhs, nexts) || EndsAtNext(min.Rhs, nexts)));

    private static bool IsBoundOnly(Value value, List<ForOp> loops)
    {
        foreach (var use in value.Uses)
        {
            if (
                !(use.Owner is MinSIOp min && IsBoundOnly(min.Result, loops))
                && !(use.Index == 1 && loops.Exists(l => ReferenceEquals(l, use.Owner)))
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every element of what is written has the number of one of the loops in one dimension of its array.</summary>
    private static bool AreColumns(Operation op, List<ForOp> loops)
    {
        var dims = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        var written = op.Walk().OfType<StoreOp>().Select(s => Views.Root(s.Memref)).ToList();
        foreach (var inner in op.Walk())
        {
            var (array, subscripts) = inner switch
            {
                LoadOp load => (load.Memref, load.Indices.ToArray()),
                StoreOp store => (store.Memref, store.Indices.ToArray()),
                _ => (null, []),
            };
            if (
                inner is CopyOp or AllocOp
                || (inner.Regions.Count > 0 && inner.Results.Any(r => r.Type is MemRefType))
                || (inner is WhileOp or ForOp && inner.Operands.ToArray().Any(o => o.Type is MemRefType))
            )
            {
                return false;
            }

            if (array is null || !written.Exists(w => ReferenceEquals(w, Views.Root(array))))
            {
                continue;
            }

            var dim = Array.FindIndex(subscripts, s => loops.Exists(l => ReferenceEquals(l.InductionVar, s)));
            if (
                dim < 0
                || !written.Exists(w => ReferenceEquals(w, array))
                || (dims.TryGetValue(array, out var known) && known != dim)
            )
            {
                return false;
            }

            dims[array] = dim;
        }

        return true;
    }
}
