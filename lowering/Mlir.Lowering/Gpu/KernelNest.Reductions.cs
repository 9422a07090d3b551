using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Reductions, in the order of <see cref="ReductionOrder"/>.</summary>
/// <remarks>
/// A warp makes a leaf: each thread holds one lane, or two neighbouring ones, and the tree of lanes is a row of shuffles. A second kernel
/// of one block combines the leaves in pairs, eight of them at a time.
/// </remarks>
internal sealed partial class KernelNest
{
    /// <summary>How many leaves a thread combines at once: three levels of the tree of pairs.</summary>
    private const int LeavesAtOnce = 8;

    /// <summary>One leaf for each output element.</summary>
    private void EmitReductionPerElement(AssociativeCombiner[] combiners)
    {
        var parallel = ParallelLoops;
        var reduced = ReducedLoops[..^1];
        var outer = parallel.Select(d => _sizes[d]).ToArray();
        var rows = _host.Product([.. reduced.Select(d => _sizes[d])]);
        ForEachLeaf(
            _host.Product(outer),
            (e, element, lane) =>
            {
                var ivs = Scatter(parallel, e.Delinearize(element, outer));
                EmitLeaf(
                    e,
                    combiners,
                    new LeafRange(reduced, ivs, e.Index(0), rows, e.Index(0), _sizes[Inner]),
                    lane,
                    (first, totals) => CombineIntoOutputs(first, combiners, ivs, totals)
                );
            }
        );
    }

    /// <summary>All loops reduce: leaves into partial results, which are combined in pairs.</summary>
    private void EmitFullReduction(AssociativeCombiner[] combiners)
    {
        var one = _kinds.Length == 1;
        var rowsPerLeaf = one
            ? _host.Index(ReductionOrder.LeafElements)
            : _host.Max(
                _host.Index(1),
                _host.Div(_host.Index(ReductionOrder.LeafElements), _host.Max(_host.Index(1), _sizes[Inner]))
            );
        var count = one ? _sizes[0] : _host.Product(_sizes[..Inner]);
        var leaves = _host.CeilDiv(count, rowsPerLeaf);

        // Every level of the tree lies behind the one that it is made from; each is an eighth as long.
        var room = _host.Add(_host.Add(leaves, _host.Div(leaves, _host.Index(4))), _host.Index(64));
        var partials = combiners
            .Select(c => _host.Alloc(MemRefType.Get([ShapedType.Dynamic], c.NeutralElement.Type), [room]))
            .ToArray();
        ForEachLeaf(
            leaves,
            (e, leaf, lane) =>
            {
                var begin = e.Mul(leaf, rowsPerLeaf);
                var end = e.Min(e.Add(begin, rowsPerLeaf), count);
                EmitLeaf(
                    e,
                    combiners,
                    one
                        ? new LeafRange([], new Value[1], e.Index(0), e.Index(1), begin, end)
                        : new LeafRange(
                            [.. Enumerable.Range(0, Inner)],
                            new Value[_kinds.Length],
                            begin,
                            end,
                            e.Index(0),
                            _sizes[Inner]
                        ),
                    lane,
                    (first, totals) =>
                    {
                        for (var i = 0; i < totals.Length; i++)
                        {
                            first.Store(totals[i], partials[i], [leaf]);
                        }
                    }
                );
            }
        );
        EmitPairs(combiners, partials, leaves);
        foreach (var partial in partials)
        {
            _host.Dealloc(partial);
        }
    }

    /// <summary>Neighbours are combined until one is left, by one block.</summary>
    private void EmitPairs(AssociativeCombiner[] combiners, Value[] partials, Value leaves) =>
        Kernel.Launch(
            _host,
            Kernel.OneBlock,
            Kernel.Threads,
            (e, ids) =>
            {
                var last = e.While(
                    [e.Index(0), leaves],
                    (c, at) => c.Less(c.Index(1), at[1]),
                    (level, at) =>
                    {
                        var (offset, count) = (at[0], at[1]);
                        var next = level.CeilDiv(count, level.Index(LeavesAtOnce));
                        level.For(
                            ids.Thread,
                            next,
                            level.Index(Kernel.Threads),
                            [],
                            (inside, node, _) =>
                            {
                                EmitNode(inside, combiners, partials, offset, count, node);
                                return [];
                            }
                        );
                        level.Insert(new BarrierOp(level.Location));
                        return [level.Add(offset, count), next];
                    }
                );
                e.If(
                    e.Equal(ids.Thread, e.Index(0)),
                    [],
                    single =>
                    {
                        var none = single.Equal(leaves, single.Index(0));
                        var totals = combiners
                            .Select(
                                (c, i) =>
                                    single.Select(
                                        none,
                                        single.Constant(c.NeutralElement),
                                        single.Load(partials[i], [last[0]])
                                    )
                            )
                            .ToArray();
                        CombineIntoOutputs(single, combiners, new Value[_kinds.Length], totals);
                        return [];
                    }
                );
            }
        );

    /// <summary>Up to eight neighbours in pairs, pairs of pairs and so on; one without a neighbour moves up as it is.</summary>
    private static void EmitNode(
        Emitter e,
        AssociativeCombiner[] combiners,
        Value[] partials,
        Value offset,
        Value count,
        Value node
    )
    {
        var first = e.Mul(node, e.Index(LeavesAtOnce));
        var end = e.Sub(count, e.Index(1));
        var positions = Enumerable.Range(0, LeavesAtOnce).Select(k => e.Add(first, e.Index(k))).ToArray();
        var present = positions.Select(p => e.Less(p, count)).ToArray();
        for (var i = 0; i < combiners.Length; i++)
        {
            var values = positions.Select(p => e.Load(partials[i], [e.Add(offset, e.Min(p, end))])).ToArray();
            for (var distance = 1; distance < LeavesAtOnce; distance *= 2)
            {
                for (var k = 0; k < LeavesAtOnce; k += 2 * distance)
                {
                    var both = combiners[i].Merge(e, values[k], values[k + distance]);
                    values[k] = e.Select(present[k + distance], both, values[k]);
                }
            }

            e.Store(values[0], partials[i], [e.Add(e.Add(offset, count), node)]);
        }
    }

    /// <summary>A warp for each leaf, or a thread where lanes cannot talk to each other; then there is no lane.</summary>
    private void ForEachLeaf(Value leaves, Action<Emitter, Value, Value?> body)
    {
        if (_useWarps)
        {
            Kernel.ForEachWarp(_host, leaves, body);
        }
        else
        {
            Kernel.ForEach(_host, leaves, (e, leaf) => body(e, leaf, null));
        }
    }

    /// <summary>What a leaf combines.</summary>
    /// <param name="RowLoops">The reduced loops before the last, which a row number stands for.</param>
    /// <param name="Ivs">The values of the other loops.</param>
    /// <param name="RowBegin">The first row.</param>
    /// <param name="RowEnd">The row after the last.</param>
    /// <param name="Begin">Where in each row it begins.</param>
    /// <param name="End">Where in each row it ends.</param>
    private sealed record LeafRange(int[] RowLoops, Value[] Ivs, Value RowBegin, Value RowEnd, Value Begin, Value End);

    /// <summary>Combines a leaf; <paramref name="use"/> gets the totals, in one thread.</summary>
    private void EmitLeaf(
        Emitter e,
        AssociativeCombiner[] combiners,
        LeafRange range,
        Value? lane,
        Action<Emitter, Value[]> use
    )
    {
        var lanes = ReductionOrder.Lanes(combiners[0].NeutralElement.Type);
        if (lane is null)
        {
            use(e, EmitLeafOfThread(e, combiners, range, lanes));
            return;
        }

        var totals = EmitLeafOfWarp(e, combiners, range, lanes, lane);
        e.If(
            e.Equal(lane, e.Index(0)),
            [],
            first =>
            {
                use(first, totals);
                return [];
            }
        );
    }

    /// <summary>Each thread of a warp combines its lanes, then the upper half of the lanes goes to the lower half until one is left.</summary>
    private Value[] EmitLeafOfWarp(
        Emitter emit,
        AssociativeCombiner[] combiners,
        LeafRange range,
        int lanes,
        Value lane
    )
    {
        var held = lanes / Kernel.Warp;
        var mine = emit.Mul(lane, emit.Index(held));
        var step = emit.Index(lanes);
        var neutral = combiners.SelectMany(c => Enumerable.Repeat(emit.Constant(c.NeutralElement), held)).ToArray();
        var whole = emit.Add(range.Begin, emit.Mul(emit.Div(emit.Sub(range.End, range.Begin), step), step));
        var sums = emit.For(
            range.RowBegin,
            range.RowEnd,
            emit.Index(1),
            neutral,
            (row, number, carried) =>
            {
                var ivs = WithRow(row, range, number);
                var main = row.For(
                    row.Add(range.Begin, mine),
                    whole,
                    step,
                    carried,
                    (e, first, values) => EmitLanes(e, combiners, ivs, first, held, values, null)
                );
                return EmitLanes(row, combiners, ivs, row.Add(whole, mine), held, main, range.End);
            }
        );
        return [.. combiners.Select((c, i) => LaneTree.Emit(emit, c, sums[(i * held)..((i + 1) * held)]))];
    }

    /// <summary>The lanes of a thread, each with its next element; those at <paramref name="end"/> or behind stay as they are.</summary>
    private Value[] EmitLanes(
        Emitter e,
        AssociativeCombiner[] combiners,
        Value[] ivs,
        Value first,
        int held,
        Value[] values,
        Value? end
    )
    {
        var next = (Value[])values.Clone();
        for (var k = 0; k < held; k++)
        {
            var lane = k;
            var before = combiners.Select((_, i) => values[(i * held) + lane]).ToArray();
            var position = e.Add(first, e.Index(k));
            var after = end is null
                ? ScalarBody.Emit(e, _op, [.. ivs[..Inner], position], before)
                : e.If(
                    e.Less(position, end),
                    [.. before.Select(b => b.Type)],
                    inside => ScalarBody.Emit(inside, _op, [.. ivs[..Inner], position], before),
                    _ => before
                );
            for (var i = 0; i < combiners.Length; i++)
            {
                next[(i * held) + k] = after[i];
            }
        }

        return next;
    }

    /// <summary>The same leaf in one thread: lanes in memory of its own.</summary>
    private Value[] EmitLeafOfThread(Emitter emit, AssociativeCombiner[] combiners, LeafRange range, int lanes)
    {
        var memory = combiners.Select(c => emit.Alloca(MemRefType.Get([lanes], c.NeutralElement.Type))).ToArray();
        Each(
            emit,
            emit.Index(0),
            emit.Index(lanes),
            (e, lane) => Put(e, lane, [.. combiners.Select(c => e.Constant(c.NeutralElement))])
        );
        Each(
            emit,
            range.RowBegin,
            range.RowEnd,
            (row, number) =>
            {
                var ivs = WithRow(row, range, number);
                Each(
                    row,
                    range.Begin,
                    range.End,
                    (e, iv) =>
                    {
                        var lane = e.Rem(e.Sub(iv, range.Begin), e.Index(lanes));
                        Put(e, lane, ScalarBody.Emit(e, _op, [.. ivs[..Inner], iv], Get(e, lane)));
                    }
                );
            }
        );
        for (var half = lanes / 2; half > 0; half /= 2)
        {
            var distance = half;
            Each(
                emit,
                emit.Index(0),
                emit.Index(half),
                (e, lane) =>
                {
                    var (lower, upper) = (Get(e, lane), Get(e, e.Add(lane, e.Index(distance))));
                    Put(e, lane, [.. combiners.Select((c, i) => c.Merge(e, lower[i], upper[i]))]);
                }
            );
        }

        return Get(emit, emit.Index(0));

        Value[] Get(Emitter e, Value lane) => [.. memory.Select(m => e.Load(m, [lane]))];

        void Put(Emitter e, Value lane, Value[] values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                e.Store(values[i], memory[i], [lane]);
            }
        }

        static void Each(Emitter e, Value begin, Value end, Action<Emitter, Value> body) =>
            e.For(
                begin,
                end,
                e.Index(1),
                [],
                (inside, number, _) =>
                {
                    body(inside, number);
                    return [];
                }
            );
    }

    private Value[] WithRow(Emitter emit, LeafRange range, Value row)
    {
        var all = (Value[])range.Ivs.Clone();
        var subscripts = emit.Delinearize(row, [.. range.RowLoops.Select(d => _sizes[d])]);
        for (var i = 0; i < range.RowLoops.Length; i++)
        {
            all[range.RowLoops[i]] = subscripts[i];
        }

        return all;
    }

    private void CombineIntoOutputs(Emitter emit, AssociativeCombiner[] combiners, Value[] ivs, Value[] totals)
    {
        var before = Before(emit, ivs);
        Store(emit, ivs, [.. combiners.Select((c, i) => c.Merge(emit, before[i], totals[i]))]);
    }
}
