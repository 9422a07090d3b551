using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Reductions, in the order of <see cref="ReductionOrder"/>.</summary>
internal sealed partial class LoopNest
{
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
                        var totals = EmitLeaf(e, combiners, reduced, ivs, e.Index(0), rows, e.Index(0), _sizes[Inner]);
                        CombineIntoOutputs(e, combiners, ivs, totals);
                        return [];
                    }
                )
        );
    }

    /// <summary>All loops reduce: leaves run in parallel into partial results, which are combined in pairs.</summary>
    private void EmitFullReduction(Combiner[] combiners)
    {
        var outer = _sizes[..Inner];
        var one = _kinds.Length == 1;
        var rows = _emit.Product(outer);
        var rowsPerLeaf = one
            ? _emit.Index(ReductionOrder.LeafElements)
            : _emit.Max(
                _emit.Index(1),
                _emit.Div(_emit.Index(ReductionOrder.LeafElements), _emit.Max(_emit.Index(1), _sizes[Inner]))
            );
        var count = one ? _sizes[0] : rows;
        var leaves = _emit.CeilDiv(count, rowsPerLeaf);
        var atLeastOne = _emit.Max(leaves, _emit.Index(1));
        var partials = combiners
            .Select(c => _emit.Alloc(MemRefType.Get([ShapedType.Dynamic], c.Neutral.Type), [atLeastOne]))
            .ToArray();
        for (var i = 0; i < combiners.Length; i++)
        {
            _emit.Store(_emit.Constant(combiners[i].Neutral), partials[i], [_emit.Index(0)]);
        }

        var grain = Math.Max(1, ThreadElements() / ReductionOrder.LeafElements);
        _emit.Parallel(
            leaves,
            _options.Parallel ? grain : 0,
            (emit, leaf) =>
            {
                var begin = emit.Mul(leaf, rowsPerLeaf);
                var end = emit.Min(emit.Add(begin, rowsPerLeaf), count);
                var totals = one
                    ? EmitLeaf(emit, combiners, [], new Value[1], emit.Index(0), emit.Index(1), begin, end)
                    : EmitLeaf(
                        emit,
                        combiners,
                        [.. Enumerable.Range(0, Inner)],
                        new Value[_kinds.Length],
                        begin,
                        end,
                        emit.Index(0),
                        _sizes[Inner]
                    );
                for (var i = 0; i < totals.Length; i++)
                {
                    emit.Store(totals[i], partials[i], [leaf]);
                }
            }
        );
        EmitPairwise(combiners, partials, leaves);
        CombineIntoOutputs(
            _emit,
            combiners,
            new Value[_kinds.Length],
            [.. partials.Select(p => _emit.Load(p, [_emit.Index(0)]))]
        );
        foreach (var partial in partials)
        {
            _emit.Dealloc(partial);
        }
    }

    /// <summary>Neighbours are combined until one is left; an odd last one moves up.</summary>
    private void EmitPairwise(Combiner[] combiners, Value[] partials, Value leaves)
    {
        _emit.While(
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
                        var right = pair.Add(left, pair.Index(1));
                        for (var k = 0; k < combiners.Length; k++)
                        {
                            var sum = combiners[k]
                                .Emit(pair, pair.Load(partials[k], [left]), pair.Load(partials[k], [right]));
                            pair.Store(sum, partials[k], [i]);
                        }

                        return [];
                    }
                );
                e.If(
                    e.Less(half, halfUp),
                    [],
                    odd =>
                    {
                        foreach (var partial in partials)
                        {
                            odd.Store(odd.Load(partial, [odd.Sub(count[0], odd.Index(1))]), partial, [half]);
                        }

                        return [];
                    }
                );
                return [halfUp];
            }
        );
    }

    /// <summary>Combines rows by lanes and the lanes into one value for each output.</summary>
    /// <param name="emit">Where the leaf goes.</param>
    /// <param name="combiners">One for each output.</param>
    /// <param name="rowLoops">The reduced loops before the last, which a row number stands for.</param>
    /// <param name="ivs">The values of the other loops.</param>
    /// <param name="rowBegin">The first row.</param>
    /// <param name="rowEnd">The row after the last.</param>
    /// <param name="begin">Where in each row it begins.</param>
    /// <param name="end">Where in each row it ends.</param>
    private Value[] EmitLeaf(
        Emitter emit,
        Combiner[] combiners,
        int[] rowLoops,
        Value[] ivs,
        Value rowBegin,
        Value rowEnd,
        Value begin,
        Value end
    )
    {
        var lanes = ReductionOrder.Lanes(combiners[0].Neutral.Type);
        if (!_vectorize)
        {
            return EmitScalarLeaf(emit, combiners, rowLoops, ivs, rowBegin, rowEnd, begin, end, lanes);
        }

        var neutral = combiners
            .Select(c => emit.Constant(DenseElementsAttr.Splat(VectorType.Get([lanes], c.Neutral.Type), c.Neutral)))
            .ToArray();
        var sums =
            rowLoops.Length == 0
                ? EmitRowSums(emit, combiners, ivs, neutral, begin, end, lanes)
                : emit.For(
                    rowBegin,
                    rowEnd,
                    emit.Index(1),
                    neutral,
                    (e, row, carried) =>
                        EmitRowSums(e, combiners, WithRow(e, ivs, rowLoops, row), carried, begin, end, lanes)
                );
        return [.. combiners.Select((c, i) => EmitLaneTree(emit, c, sums[i], lanes))];
    }

    private Value[] EmitRowSums(
        Emitter emit,
        Combiner[] combiners,
        Value[] ivs,
        Value[] sums,
        Value begin,
        Value end,
        int lanes
    )
    {
        var skipped = combiners.Select(c => c.Operation).ToArray();
        var hoist = emit;
        var step = emit.Index(lanes);
        var mainEnd = emit.Add(begin, emit.Mul(emit.Div(emit.Sub(end, begin), step), step));
        var main = hoist.For(
            begin,
            mainEnd,
            step,
            sums,
            (e, iv, carried) =>
            {
                var body = new VectorBody(_op, HoistOf(e), [.. ivs[..Inner], iv], lanes, null, skipped);
                var elements = body.Emit(e, combiners.Select(c => c.Element));
                return [.. combiners.Select((c, i) => c.Emit(e, carried[i], elements[i]))];
            }
        );
        return emit.For(
            mainEnd,
            end,
            step,
            main,
            (e, iv, carried) =>
            {
                var mask = e.CreateMask(e.Sub(end, iv), lanes);
                var body = new VectorBody(_op, HoistOf(e), [.. ivs[..Inner], iv], lanes, mask, skipped);
                var elements = body.Emit(e, combiners.Select(c => c.Element));
                return [.. combiners.Select((c, i) => e.Select(mask, c.Emit(e, carried[i], elements[i]), carried[i]))];
            }
        );
    }

    /// <summary>The upper half of the lanes is combined into the lower half until one is left.</summary>
    private static Value EmitLaneTree(Emitter emit, Combiner combiner, Value sums, int lanes)
    {
        for (var half = lanes / 2; half > 1; half /= 2)
        {
            sums = combiner.Emit(emit, emit.Slice(sums, 0, half), emit.Slice(sums, half, half));
        }

        return combiner.Emit(emit, emit.Extract(sums, 0), emit.Extract(sums, 1));
    }

    /// <summary>The same leaf where the body cannot work on vectors: lanes in memory.</summary>
    private Value[] EmitScalarLeaf(
        Emitter emit,
        Combiner[] combiners,
        int[] rowLoops,
        Value[] ivs,
        Value rowBegin,
        Value rowEnd,
        Value begin,
        Value end,
        int lanes
    )
    {
        var memory = combiners.Select(c => emit.Alloca(MemRefType.Get([lanes], c.Neutral.Type))).ToArray();
        emit.For(
            emit.Index(0),
            emit.Index(lanes),
            emit.Index(1),
            [],
            (e, lane, _) =>
            {
                for (var i = 0; i < memory.Length; i++)
                {
                    e.Store(e.Constant(combiners[i].Neutral), memory[i], [lane]);
                }

                return [];
            }
        );
        emit.For(
            rowBegin,
            rowEnd,
            emit.Index(1),
            [],
            (r, row, _) =>
            {
                var rowIvs = WithRow(r, ivs, rowLoops, row);
                r.For(
                    begin,
                    end,
                    r.Index(1),
                    [],
                    (e, iv, _) =>
                    {
                        var lane = e.Rem(e.Sub(iv, begin), e.Index(lanes));
                        var before = memory.Select(m => e.Load(m, [lane])).ToArray();
                        var after = ScalarBody.Emit(e, _op, [.. rowIvs[..Inner], iv], before);
                        for (var i = 0; i < memory.Length; i++)
                        {
                            e.Store(after[i], memory[i], [lane]);
                        }

                        return [];
                    }
                );
                return [];
            }
        );
        for (var half = lanes / 2; half > 0; half /= 2)
        {
            emit.For(
                emit.Index(0),
                emit.Index(half),
                emit.Index(1),
                [],
                (e, lane, _) =>
                {
                    for (var i = 0; i < memory.Length; i++)
                    {
                        var upper = e.Load(memory[i], [e.Add(lane, e.Index(half))]);
                        e.Store(combiners[i].Emit(e, e.Load(memory[i], [lane]), upper), memory[i], [lane]);
                    }

                    return [];
                }
            );
        }

        return [.. memory.Select(m => emit.Load(m, [emit.Index(0)]))];
    }

    private void CombineIntoOutputs(Emitter emit, Combiner[] combiners, Value[] ivs, Value[] totals)
    {
        for (var i = 0; i < combiners.Length; i++)
        {
            var subscripts = ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs);
            var before = emit.Load(_op.Outputs[i], subscripts);
            emit.Store(combiners[i].Emit(emit, before, totals[i]), _op.Outputs[i], subscripts);
        }
    }

    /// <summary>Iterations in order, one after another: for reductions whose steps cannot be regrouped.</summary>
    private void EmitSequential() =>
        Nest(
            _emit,
            [.. Enumerable.Range(0, _kinds.Length)],
            new Value[_kinds.Length],
            (e, ivs) => Store(e, ivs, ScalarBody.Emit(e, _op, ivs))
        );

    private Combiner[]? FindCombiners()
    {
        var combiners = new Combiner[_op.Outputs.Count];
        for (var i = 0; i < combiners.Length; i++)
        {
            if (Combiner.Find(_op, i) is not { } combiner)
            {
                return null;
            }

            combiners[i] = combiner;
        }

        // Outputs in one loop share their lanes, and none may look at another's accumulator.
        return combiners.Select(c => ReductionOrder.Lanes(c.Neutral.Type)).Distinct().Count() == 1 ? combiners : null;
    }
}
