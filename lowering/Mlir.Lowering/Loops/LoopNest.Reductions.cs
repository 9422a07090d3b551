using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Reductions, in the order of <see cref="ReductionOrder"/>.</summary>
internal sealed partial class LoopNest
{
    /// <summary>Partial results that fit on the stack: short reductions allocate nothing.</summary>
    private const int StackPartials = 128;

    /// <summary>The last loop reduces beside parallel ones: one leaf for each output element.</summary>
    private void EmitReductionPerElement(Combiner[] combiners)
    {
        var parallel = Enumerable.Range(0, Inner).Where(d => IsParallel(_kinds[d])).ToArray();
        var reduced = Enumerable.Range(0, Inner).Where(d => !IsParallel(_kinds[d])).ToArray();
        var outer = parallel.Select(d => _sizes[d]).ToArray();
        var rows = _emit.Product([.. reduced.Select(d => _sizes[d])]);
        ForChunks(
            _emit.Product(outer),
            RowsPerChunk(),
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, element, _) =>
                    {
                        var ivs = Scatter(parallel, e.Delinearize(element, outer));
                        var neutral = combiners.Select(c => c.Neutral(e, () => Before(e, c, ivs))).ToArray();
                        var leaf = new Leaf(reduced, ivs, e.Index(0), rows, e.Index(0), _sizes[Inner]);
                        CombineIntoOutputs(e, combiners, ivs, EmitLeaf(e, combiners, neutral, leaf));
                        return [];
                    }
                )
        );
    }

    /// <summary>All loops reduce: leaves run in parallel into partial results, which are combined in pairs.</summary>
    private void EmitFullReduction(Combiner[] combiners)
    {
        var ivs = new Value[_kinds.Length];
        var one = _kinds.Length == 1;
        var count = _emit.Product(_sizes[..Math.Max(1, Inner)]);
        var rowsPerLeaf = one
            ? _emit.Index(ReductionOrder.LeafElements)
            : _emit.Max(
                _emit.Index(1),
                _emit.Div(_emit.Index(ReductionOrder.LeafElements), _emit.Max(_emit.Index(1), _sizes[Inner]))
            );
        var leaves = _emit.CeilDiv(count, rowsPerLeaf);
        var neutral = combiners.Select(c => c.Neutral(_emit, () => Before(_emit, c, ivs))).ToArray();
        var many = _emit.Less(_emit.Index(StackPartials), leaves);
        var partials = neutral.Select(own => own.Select(n => Partials(n, leaves, many)).ToArray()).ToArray();
        var grain = CeilDiv(ThreadElements(), ReductionOrder.LeafElements);
        _emit.Parallel(
            leaves,
            _options.Parallel ? grain : 0,
            (emit, number) =>
            {
                var begin = emit.Mul(number, rowsPerLeaf);
                var end = emit.Min(emit.Add(begin, rowsPerLeaf), count);
                var leaf = one
                    ? new Leaf([], ivs, emit.Index(0), emit.Index(1), begin, end)
                    : new Leaf([.. Enumerable.Range(0, Inner)], ivs, begin, end, emit.Index(0), _sizes[Inner]);
                StorePartials(emit, EmitLeaf(emit, combiners, neutral, leaf), partials, number);
            }
        );
        EmitPairwise(_emit, combiners, partials, leaves);
        CombineIntoOutputs(_emit, combiners, ivs, LoadPartials(_emit, partials, _emit.Index(0)));
        _emit.If(
            many,
            [],
            e =>
            {
                foreach (var partial in partials.SelectMany(p => p))
                {
                    e.Dealloc(partial);
                }

                return [];
            }
        );
    }

    /// <summary>Room for one partial result of each leaf; the first one is <paramref name="neutral"/>, which is the total when there is no leaf.</summary>
    private Value Partials(Value neutral, Value leaves, Value many)
    {
        var type = MemRefType.Get([ShapedType.Dynamic], neutral.Type);
        var stack = _emit.Alloca(MemRefType.Get([StackPartials], neutral.Type));
        var partials = _emit.If(
            many,
            [type],
            e => [e.Alloc(type, [leaves])],
            e => [e.Insert(new CastOp(e.Location, stack, type)).Dest]
        )[0];
        _emit.Store(neutral, partials, [_emit.Index(0)]);
        return partials;
    }

    private static Value[][] LoadPartials(Emitter emit, Value[][] partials, Value leaf) =>
        [.. partials.Select(p => p.Select(m => emit.Load(m, [leaf])).ToArray())];

    private static void StorePartials(Emitter emit, Value[][] totals, Value[][] partials, Value leaf)
    {
        for (var i = 0; i < totals.Length; i++)
        {
            for (var k = 0; k < totals[i].Length; k++)
            {
                emit.Store(totals[i][k], partials[i][k], [leaf]);
            }
        }
    }

    /// <summary>Neighbours are combined until one is left; an odd last one moves up.</summary>
    private static void EmitPairwise(Emitter emit, Combiner[] combiners, Value[][] partials, Value leaves) =>
        emit.While(
            [leaves],
            (e, count) => e.Less(e.Index(1), count[0]),
            (e, count) =>
            {
                var half = e.Div(count[0], e.Index(2));
                var halfUp = e.Sub(count[0], half);
                e.For(
                    e.Index(0),
                    half,
                    e.Index(1),
                    [],
                    (pair, i, _) =>
                    {
                        var left = pair.Mul(i, pair.Index(2));
                        var (earlier, later) = (
                            LoadPartials(pair, partials, left),
                            LoadPartials(pair, partials, pair.Add(left, pair.Index(1)))
                        );
                        StorePartials(
                            pair,
                            [.. combiners.Select((c, k) => c.Merge(pair, earlier[k], later[k]))],
                            partials,
                            i
                        );
                        return [];
                    }
                );
                e.If(
                    e.Less(half, halfUp),
                    [],
                    odd =>
                    {
                        var last = LoadPartials(odd, partials, odd.Sub(count[0], odd.Index(1)));
                        StorePartials(odd, last, partials, half);
                        return [];
                    }
                );
                return [halfUp];
            }
        );

    private Value[] Before(Emitter emit, Combiner combiner, Value[] ivs) =>
        [
            .. combiner.Outputs.Select(o =>
                emit.Load(_op.Outputs[o], ScalarBody.Subscripts(emit, _op.OutputMap(o), ivs))
            ),
        ];

    private void CombineIntoOutputs(Emitter emit, Combiner[] combiners, Value[] ivs, Value[][] totals)
    {
        for (var i = 0; i < combiners.Length; i++)
        {
            var combined = combiners[i].Merge(emit, Before(emit, combiners[i], ivs), totals[i]);
            for (var k = 0; k < combined.Length; k++)
            {
                var output = combiners[i].Outputs[k];
                emit.Store(combined[k], _op.Outputs[output], ScalarBody.Subscripts(emit, _op.OutputMap(output), ivs));
            }
        }
    }

    /// <summary>Iterations in order, one after another: for reductions whose steps cannot be regrouped. Threads share the outputs' elements.</summary>
    private void EmitSequential()
    {
        var parallel = Enumerable.Range(0, _kinds.Length).Where(d => IsParallel(_kinds[d])).ToArray();
        var reduced = Enumerable.Range(0, _kinds.Length).Where(d => !IsParallel(_kinds[d])).ToArray();
        var outer = parallel.Select(d => _sizes[d]).ToArray();
        if (parallel.Length == 0)
        {
            Nest(_emit, reduced, new Value[_kinds.Length], Iteration);
            return;
        }

        var chunk = _emit.Max(
            _emit.Index(1),
            _emit.Div(
                _emit.Index(ChunkElements()),
                _emit.Max(_emit.Index(1), _emit.Product([.. reduced.Select(d => _sizes[d])]))
            )
        );
        ForChunks(
            _emit.Product(outer),
            chunk,
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, element, _) =>
                    {
                        Nest(e, reduced, Scatter(parallel, e.Delinearize(element, outer)), Iteration);
                        return [];
                    }
                )
        );

        void Iteration(Emitter emit, Value[] ivs) => Store(emit, ivs, ScalarBody.Emit(emit, _op, ivs));
    }
}
