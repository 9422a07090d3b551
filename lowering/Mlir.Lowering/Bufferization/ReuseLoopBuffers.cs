using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Iterations of a counted loop use the same memory again. Where each one allocates an array, hands it on and frees the one that it was given, two
/// arrays take turns; what an iteration allocates and frees again goes on to the next one. Where sizes may change from one iteration to the next, they
/// are compared, and only memory that does not fit is allocated anew.
/// </summary>
/// <example>
/// <code>
/// scf.for … iter_args(%a = %x) { %b = memref.alloc(%n); …; memref.dealloc %a; scf.yield %b }
///   → %s = memref.alloc(%n); scf.for … iter_args(%a = %x, %b = %s) { …; scf.yield %b, %a }; memref.dealloc #1
/// </code>
/// </example>
[Pass("reuse-loop-buffers")]
public sealed partial record ReuseLoopBuffers : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        // Inner loops first: what they leave in the body of an outer one is allocated there.
        foreach (var loop in op.Walk().OfType<ForOp>().Reverse().ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            List<Reuse> reused = [.. HandedOn(loop), .. Temporaries(loop)];
            if (reused.Count > 0)
            {
                Carry(loop, reused);
            }
        }
    }

    /// <summary>Memory that an iteration allocates and the next one can use again.</summary>
    /// <param name="Made">Where it is allocated: one place, or several that do not need it at once.</param>
    /// <param name="Free">Where it is freed: as many places.</param>
    /// <param name="Given">What was given to the iteration and is freed in exchange; null when the iteration frees what it made.</param>
    /// <param name="Fits">Whether it has the size of <paramref name="Given"/> in all iterations.</param>
    private sealed record Reuse(List<AllocOp> Made, List<DeallocOp> Free, BlockArgument? Given, bool Fits)
    {
        public MemRefType Type => (MemRefType)Made[0].Memref.Type;
    }

    private static IEnumerable<Reuse> HandedOn(ForOp loop)
    {
        var sizes = new LoopSizes(loop);
        var given = loop.RegionIterArgs.Where(a => a.Type is MemRefType && FreeOf(a, loop.Body) is not null).ToList();
        var yielded = loop.Body.Last!.Operands.ToArray();
        foreach (var made in yielded.Select(static y => y.Definer).OfType<AllocOp>())
        {
            if (
                ReferenceEquals(made.Block, loop.Body)
                && yielded.Count(y => ReferenceEquals(y, made.Memref)) == 1
                && given.Find(a => a.Type == made.Memref.Type) is { } old
            )
            {
                given.Remove(old);
                var fits = sizes.KeepsSizes(old) && sizes.Outside(made) is { } known && Has(loop, old, known);
                yield return new Reuse([made], [FreeOf(old, loop.Body)!], old, fits);
            }
        }
    }

    /// <summary>
    /// What an iteration allocates and frees. Of arrays with equal sizes that are not needed at once the later one lies where the other lay, as it would
    /// in the pool.
    /// </summary>
    private static List<Reuse> Temporaries(ForOp loop)
    {
        var found = new List<Reuse>();
        foreach (var made in loop.Body.Operations.OfType<AllocOp>())
        {
            if (FreeOf(made.Memref, loop.Body) is not { } free)
            {
                continue;
            }

            var sizes = SizesOf(made);
            var place = found.Find(r =>
                r.Type == made.Memref.Type && r.Free[^1].IsBefore(made) && SizesOf(r.Made[0]).SequenceEqual(sizes)
            );
            if (place is null)
            {
                found.Add(new Reuse([made], [free], null, Fits: false));
            }
            else
            {
                place.Made.Add(made);
                place.Free.Add(free);
            }
        }

        return found;

        static IEnumerable<Size> SizesOf(AllocOp alloc) =>
            alloc.DynamicSizes.ToArray().Select(static size => Size.Number(size));
    }

    private static bool Has(ForOp loop, BlockArgument argument, IReadOnlyList<Size> sizes)
    {
        var type = (MemRefType)argument.Type;
        return DynamicDims(type).Select(d => Size.Dimension(loop.InitArgs[argument.Index - 1], d)).SequenceEqual(sizes);
    }

    private static IEnumerable<int> DynamicDims(MemRefType type) =>
        Enumerable.Range(0, type.Rank).Where(type.IsDynamicDim);

    private static DeallocOp? FreeOf(Value memory, Block block)
    {
        foreach (var use in memory.Uses)
        {
            if (use.Owner is DeallocOp free && ReferenceEquals(free.Block, block))
            {
                return free;
            }
        }

        return null;
    }

    private static void Carry(ForOp loop, List<Reuse> reused)
    {
        var before = new Emitter(new OpBuilder(loop), loop.Location);
        var inits = loop.InitArgs.ToArray().ToList();
        foreach (var reuse in reused)
        {
            // A temporary has no size until an iteration asks for it: there may be none, and sizes that only it has checked.
            var sizes = DynamicDims(reuse.Type)
                .Select(d =>
                    reuse.Given is null ? before.Index(0) : before.MemRefDim(loop.InitArgs[reuse.Given.Index - 1], d)
                );
            inits.Add(before.Alloc(reuse.Type, [.. sizes]));
        }

        var carrying = before.Insert(
            new ForOp(
                loop.Location,
                loop.LowerBound,
                loop.UpperBound,
                loop.Step,
                [.. inits],
                [.. inits.Select(static v => v.Type)],
                loop.UnsignedCmp
            )
        );
        carrying.Discardable = loop.Discardable;
        carrying.Region.TakeBlocks(loop.Region);
        var yield = carrying.Body.Last!;
        var handed = yield.Operands.ToArray().ToList();
        foreach (var reuse in reused)
        {
            var first = reuse.Made[0];
            Value memory = carrying.Body.AddArgument(reuse.Type, first.Location);
            if (!reuse.Fits && !reuse.Type.HasStaticShape)
            {
                memory = Fitting(first, memory);
            }

            if (reuse.Given is not null)
            {
                handed[handed.IndexOf(first.Memref)] = memory;
            }

            handed.Add(reuse.Given ?? memory);
            reuse.Free.ForEach(static free => free.Erase());
            foreach (var made in reuse.Made)
            {
                made.Memref.ReplaceAllUsesWith(memory);
                made.Erase();
            }
        }

        new Emitter(new OpBuilder(yield), yield.Location).Insert(new YieldOp(yield.Location, [.. handed]));
        yield.Erase();
        for (var i = 0; i < loop.Results.Count; i++)
        {
            carrying.Results[i].NameHint = loop.Results[i].NameHint;
            loop.Results[i].ReplaceAllUsesWith(carrying.Results[i]);
        }

        var after = new OpBuilder();
        after.SetInsertionPointAfter(carrying);
        for (var i = loop.Results.Count; i < carrying.Results.Count; i++)
        {
            after.Insert(new DeallocOp(loop.Location, carrying.Results[i]));
        }

        loop.Erase();
    }

    // %b = memref.alloc(%n) → %b = if %n == dim %memory { %memory } else { dealloc %memory; memref.alloc(%n) }
    private static Value Fitting(AllocOp made, Value memory)
    {
        var emit = new Emitter(new OpBuilder(made), made.Location);
        var type = (MemRefType)memory.Type;
        var wanted = made.DynamicSizes.ToArray();
        var fits = DynamicDims(type)
            .Zip(wanted, (d, size) => emit.Equal(size, emit.MemRefDim(memory, d)))
            .Aggregate((a, b) => emit.Insert(new Dialects.Arith.AndIOp(emit.Location, a, b)).Result);
        return emit.If(
            fits,
            [type],
            _ => [memory],
            e =>
            {
                e.Dealloc(memory);
                return [e.Alloc(type, wanted)];
            }
        )[0];
    }
}
