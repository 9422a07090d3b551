using Mlir.Dialects.Cf;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Finds which loops of an operation become threads: those that are known to be independent, and those inside it that everything which is written
/// is subscripted by. The latter may lie inside loops that stay; each thread goes through these for its own number.
/// </summary>
/// <example><code>
/// for %j { for %k { store (addf (load %y[%j - 1, %k]), (load %x[%j, %k])), %y[%j, %k] } }
/// → thread %k: for %j { store (addf (load %y[%j - 1, %k]), (load %x[%j, %k])), %y[%j, %k] }
/// </code></example>
internal static class ThreadLoops
{
    /// <summary>The loops, outermost first; none where one thread has to do everything.</summary>
    public static List<ThreadLoop> Find(Operation op)
    {
        var found = new List<ThreadLoop>();
        if (op is ParallelOp { Results.Count: 0 } parallel)
        {
            found.AddRange(Enumerable.Range(0, parallel.LoopCount).Select(i => ThreadLoop.Of(parallel, i)!));
        }

        if (op.Results.Count > 0 || Accesses(op) is not { Count: > 0 } accesses)
        {
            return found;
        }

        var asserts = op.Walk().OfType<AssertOp>().ToList();
        while (Next(op, accesses, asserts, found) is { } next)
        {
            found.Add(next);
        }

        return found;
    }

    /// <summary>An element that is read or written of an array that is written.</summary>
    private sealed record Access(Operation Op, Value Array, Value[] Subscripts);

    /// <summary>All of them; null where it is not known of all which elements they are.</summary>
    private static List<Access>? Accesses(Operation op)
    {
        var all = new List<Access>();
        foreach (var inner in op.Walk())
        {
            if (inner is LoadOp load)
            {
                all.Add(new Access(load, load.Memref, [.. load.Indices]));
            }
            else if (inner is StoreOp store)
            {
                all.Add(new Access(store, store.Memref, [.. store.Indices]));
            }
            else if (inner is CopyOp || PassesArrays(inner))
            {
                return null;
            }
        }

        var written = all.Where(a => a.Op is StoreOp).Select(a => Views.Root(a.Array)).ToHashSet<Value>(ByReference);
        all.RemoveAll(a => !written.Contains(Views.Root(a.Array)));
        return all.TrueForAll(a => written.Contains(a.Array)) ? all : null;
    }

    private static IEqualityComparer<object?> ByReference => ReferenceEqualityComparer.Instance;

    private static bool PassesArrays(Operation op) =>
        op.Regions.Count > 0
        && (
            op.Results.Any(r => r.Type is MemRefType)
            || op.Regions.SelectMany(r => r.Blocks).SelectMany(b => b.Arguments).Any(a => a.Type is MemRefType)
        );

    private static ThreadLoop? Next(Operation op, List<Access> accesses, List<AssertOp> asserts, List<ThreadLoop> found)
    {
        foreach (var loop in LoopsAround(accesses[0].Op, op, found))
        {
            for (var dim = 0; dim < accesses[0].Subscripts.Length; dim++)
            {
                if (
                    Matches(accesses[0], loop, dim)
                    && HostValues.CanCompute(loop.Begin, op)
                    && HostValues.CanCompute(loop.End, op)
                    && HostValues.CanCompute(loop.Step, op)
                    && Everywhere(op, loop, dim, accesses, found) is { } all
                    && asserts.TrueForAll(a => all.Places.Any(p => a.IsWithin(p.Loop)))
                )
                {
                    return all;
                }
            }
        }

        return null;
    }

    private static bool Matches(Access access, ThreadLoop loop, int dim) =>
        ReferenceEquals(access.Subscripts[dim], ThreadLoop.InductionVar(loop.Places[0].Loop, loop.Places[0].Number));

    /// <summary>The loop wherever an element is used, if all elements have its number in one dimension of their array.</summary>
    private static ThreadLoop? Everywhere(
        Operation op,
        ThreadLoop loop,
        int dim,
        List<Access> accesses,
        List<ThreadLoop> found
    )
    {
        var dims = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance) { [accesses[0].Array] = dim };
        var places = new List<(Operation Loop, int Number)>();
        foreach (var access in accesses)
        {
            var own = LoopsAround(access.Op, op, found).Where(l => l.HasNumbersOf(loop)).ToList();
            var candidates = dims.TryGetValue(access.Array, out var known)
                ? [known]
                : Enumerable.Range(0, access.Subscripts.Length).ToArray();
            var (place, at) = candidates
                .SelectMany(d => own.Select(l => (Loop: l, Dim: d)))
                .FirstOrDefault(c => Matches(access, c.Loop, c.Dim));
            if (place is null)
            {
                return null;
            }

            dims[access.Array] = at;
            if (!places.Contains(place.Places[0]))
            {
                places.Add(place.Places[0]);
            }
        }

        return places.Exists(p => places.Exists(q => p != q && p.Loop.IsWithin(q.Loop)))
            ? null
            : loop with
            {
                Places = places,
            };
    }

    /// <summary>The loops around an operation, outermost first, that are no threads yet.</summary>
    private static List<ThreadLoop> LoopsAround(Operation inner, Operation op, List<ThreadLoop> found)
    {
        var loops = new List<ThreadLoop>();
        for (var at = inner.ParentOp; at is not null && at.IsWithin(op); at = at.ParentOp)
        {
            if (
                !found.Exists(f => f.Places.Any(p => ReferenceEquals(p.Loop, at)))
                && at is ForOp or ParallelOp { LoopCount: 1 }
                && ThreadLoop.Of(at) is { } loop
            )
            {
                loops.Insert(0, loop);
            }
        }

        return loops;
    }
}
