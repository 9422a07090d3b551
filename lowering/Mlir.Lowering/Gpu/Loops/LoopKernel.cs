using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The kernel of one loop, or of one choice, that the host would go through element by element.</summary>
/// <param name="op">The operation; nothing around it is in a kernel.</param>
internal sealed class LoopKernel(Operation op)
{
    // Behind the operation, which moves away.
    private readonly Emitter _host = new(new OpBuilder(op.Next!), op.Location);

    /// <summary>Makes the kernel where that is worth it and nothing inside needs the host; the operation then is in the kernel.</summary>
    public bool TryEmit()
    {
        if (!IsForDevice() || ThreadMemory.Find(op) is not { } memory)
        {
            return false;
        }

        ColumnLoops.Narrow(op);
        var loops = ThreadLoops.Find(op);
        if (loops.Count > 0)
        {
            foreach (var copy in op.Walk().OfType<CopyOp>().ToList())
            {
                ExpandCopies.Expand(copy, (MemRefType)copy.Target.Type);
            }

            EmitForThreads(loops, memory);
        }
        else if (op.Walk().Any(o => o is ParallelOp or CopyOp))
        {
            return false; // the host goes around: what is inside is worth many threads
        }
        else
        {
            EmitForOneThread(memory);
        }

        memory.Free(_host);
        return true;
    }

    /// <summary>Whether a thread can do everything inside, and it is about elements of arrays, or a loop over floats.</summary>
    private bool IsForDevice()
    {
        var isWorthIt = false;
        foreach (var inner in op.Walk())
        {
            switch (inner)
            {
                case LoadOp or StoreOp or CopyOp:
                    isWorthIt = true;
                    break;

                case ReduceOp { Operands.Count: > 0 }:
                    return false;

                case ForOp
                or WhileOp
                or ParallelOp
                or IfOp
                or YieldOp
                or ConditionOp
                or ReduceOp:
                case AllocOp or DeallocOp or AssertOp or GetGlobalOp or DimOp:
                    break;

                default:
                    if (inner.Regions.Count > 0 || !(SideEffects.IsPure(inner) || Views.IsView(inner)))
                    {
                        return false;
                    }

                    isWorthIt |= op is not IfOp && inner.Results.Any(r => r.Type is FloatType);
                    break;
            }
        }

        return isWorthIt && op.Results.All(r => r.Type is IndexType or IntegerType or FloatType);
    }

    // { … %r = op } → %m = alloc; launch { %r = op; store %r, %m }; load %m
    private void EmitForOneThread(ThreadMemory memory)
    {
        var results = op
            .Results.Where(r => !r.IsUnused)
            .Select(r => (Result: r, Place: _host.Alloc(MemRefType.Get([], InMemory(r.Type)), [])))
            .ToList();
        memory.Allocate(_host, op, _host.Index(1));
        Operation launched = op;
        Kernel.Launch(
            _host,
            Kernel.OneBlock,
            1,
            (e, _) =>
            {
                var first = e.Index(0);
                MoveTo(e);
                memory.Replace(first);
                launched = op.ParentOp!;
                foreach (var (result, place) in results)
                {
                    e.Store(AsIndex(e, result, InMemory(result.Type)), place, []);
                }
            }
        );
        foreach (var (result, place) in results)
        {
            var number = _host.Load(place, []);
            result.ReplaceUsesWhere(AsIndex(_host, number, result.Type), use => !use.Owner.IsWithin(launched));
        }

        // Kernels that are launched from this block may read the number in place of the host; what a function returns is read at its end.
        if (_host.Builder.Block!.ParentOp is not FuncOp)
        {
            var end = new OpBuilder(_host.Builder.Block.Last!);
            results.ForEach(r => end.Insert(new DeallocOp(op.Location, r.Place)));
        }
    }

    private static IrType InMemory(IrType type) => type is IndexType ? IntegerType.I64 : type;

    private static Value AsIndex(Emitter e, Value number, IrType type) =>
        number.Type == type ? number : e.Insert(new IndexCastOp(e.Location, number, type)).Out;

    private void MoveTo(Emitter e)
    {
        op.Remove();
        e.Insert(op);
    }

    private void EmitForThreads(List<ThreadLoop> loops, ThreadMemory memory)
    {
        var known = new IrMapping();
        Value OnHost(Value value) => HostValues.Compute(_host, value, op, known);
        var bounds = loops.Select(l => (Begin: OnHost(l.Begin), End: OnHost(l.End), Step: OnHost(l.Step))).ToArray();
        var counts = bounds
            .Select(b => _host.CeilDiv(_host.Max(_host.Sub(b.End, b.Begin), _host.Index(0)), b.Step))
            .ToArray();
        var count = _host.Product(counts);
        memory.Allocate(_host, op, count);
        Kernel.ForEach(
            _host,
            count,
            (e, thread) =>
            {
                var places = e.Delinearize(thread, counts);
                var numbers = bounds.Select((b, i) => e.Add(b.Begin, e.Mul(places[i], b.Step))).ToArray();
                MoveTo(e);
                memory.Replace(thread);
                for (var i = 0; i < loops.Count; i++)
                {
                    foreach (var (loop, number) in loops[i].Places)
                    {
                        ThreadLoop.InductionVar(loop, number).ReplaceAllUsesWith(numbers[i]);
                    }
                }

                foreach (var loop in loops.SelectMany(l => l.Places).Select(p => p.Loop).Distinct())
                {
                    Unwrap(loop);
                }
            }
        );
    }

    // for %i { … } → …, as the iteration that the thread makes
    private static void Unwrap(Operation loop)
    {
        var body = loop.Regions[0].Single;
        for (var inner = body.First!; inner.Next is { } next; inner = next)
        {
            inner.MoveBefore(loop);
        }

        loop.Erase();
    }
}
