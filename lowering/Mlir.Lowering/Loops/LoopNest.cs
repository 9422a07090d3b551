using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The loops of one <c>linalg.generic</c> on memrefs.</summary>
internal sealed class LoopNest
{
    private static readonly DiagnosticTemplate UnknownSize = new(
        "MLIR3102",
        DiagnosticSeverity.Error,
        "no operand says how far loop {0} goes"
    );

    // A chunk takes some microseconds: long enough to hand to a thread, short enough to share evenly.
    private const long ChunkWork = 1 << 18;

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
        _sizes = [.. Enumerable.Range(0, _kinds.Length).Select(SizeOf)];
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
        else if (FindCombiners() is not { } combiners)
        {
            EmitSequential();
        }
        else if (IsParallel(_kinds[Inner]))
        {
            EmitRowsIntoRow();
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

    /// <summary>Elementwise: chunks of the only loop, or chunks of rows with the last loop inside.</summary>
    private void EmitElementwise()
    {
        if (_kinds.Length == 1)
        {
            var chunk = ChunkElements();
            var nonTemporal = NonTemporalCondition();
            ForChunks(
                _sizes[0],
                _emit.Index(chunk),
                chunk,
                (emit, begin, end) => EmitRow(emit, [null!], begin, end, nonTemporal)
            );
            return;
        }

        var outer = _sizes[..Inner];
        var rows = _emit.Product(outer);
        ForChunks(
            rows,
            RowsPerChunk(),
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, row, _) =>
                    {
                        EmitRow(e, [.. e.Delinearize(row, outer), null!], e.Index(0), _sizes[Inner], null);
                        return [];
                    }
                )
        );
    }

    /// <summary>
    /// The last loop is parallel, others reduce: each output row collects input rows in order. Without an outer parallel loop the row
    /// itself is cut into chunks.
    /// </summary>
    private void EmitRowsIntoRow()
    {
        var parallel = Enumerable.Range(0, Inner).Where(d => IsParallel(_kinds[d])).ToArray();
        var reduced = Enumerable.Range(0, Inner).Where(d => !IsParallel(_kinds[d])).ToArray();
        if (parallel.Length == 0)
        {
            var chunk = ChunkElements();
            ForChunks(
                _sizes[Inner],
                _emit.Index(chunk),
                chunk,
                (emit, begin, end) =>
                    Nest(emit, reduced, new Value[_kinds.Length], (e, ivs) => EmitRow(e, ivs, begin, end, null))
            );
            return;
        }

        var outer = parallel.Select(d => _sizes[d]).ToArray();
        ForChunks(
            _emit.Product(outer),
            _emit.Index(1),
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, row, _) =>
                    {
                        var ivs = Scatter(parallel, e.Delinearize(row, outer));
                        Nest(e, reduced, ivs, (n, all) => EmitRow(n, all, n.Index(0), _sizes[Inner], null));
                        return [];
                    }
                )
        );
    }

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

        var grain = Math.Max(1, ChunkElements() / ReductionOrder.LeafElements);
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

    /// <summary>The part <c>begin … end</c> of the last loop: whole vectors, then the rest under a mask.</summary>
    /// <param name="emit">Where the loops go.</param>
    /// <param name="ivs">The values of the loops; the last one is set here.</param>
    /// <param name="begin">The first iteration.</param>
    /// <param name="end">The iteration after the last.</param>
    /// <param name="nonTemporal">Whether stores go around the cache, decided at run time; null for never.</param>
    private void EmitRow(Emitter emit, Value[] ivs, Value begin, Value end, Value? nonTemporal)
    {
        if (!_vectorize || _options.VectorBits == 0)
        {
            emit.For(
                begin,
                end,
                emit.Index(1),
                [],
                (e, iv, _) =>
                {
                    Value[] all = [.. ivs[..Inner], iv];
                    Store(e, all, ScalarBody.Emit(e, _op, all));
                    return [];
                }
            );
            return;
        }

        var lanes = Math.Max(1, _options.VectorBits / VectorBody.WidestBits(_op));
        var unrolled =
            lanes
            * (
                _work <= 16 ? 4
                : _work <= 48 ? 2
                : 1
            );
        if (nonTemporal is null)
        {
            var mainEnd = WholeSteps(emit, begin, end, unrolled);
            EmitMain(emit, ivs, begin, mainEnd, unrolled, null);
            EmitMasked(emit, ivs, mainEnd, end, lanes);
            return;
        }

        // Non-temporal stores need aligned addresses: a masked part leads up to the first one. Both masked parts are one loop, run
        // twice, so that the body's code exists once.
        var lead = emit.Select(nonTemporal, LeadingElements(emit, begin, end), emit.Index(0));
        var first = emit.Add(begin, lead);
        var last = WholeSteps(emit, first, end, unrolled);
        emit.For(
            emit.Index(0),
            emit.Index(2),
            emit.Index(1),
            [],
            (e, part, _) =>
            {
                var isFirst = e.Equal(part, e.Index(0));
                EmitMasked(e, ivs, e.Select(isFirst, begin, last), e.Select(isFirst, first, end), lanes);
                EmitMain(e, ivs, e.Select(isFirst, first, last), last, unrolled, nonTemporal);
                return [];
            }
        );
    }

    private static Value WholeSteps(Emitter emit, Value begin, Value end, int step) =>
        emit.Add(begin, emit.Mul(emit.Div(emit.Sub(end, begin), emit.Index(step)), emit.Index(step)));

    private void EmitMain(Emitter emit, Value[] ivs, Value begin, Value end, int lanes, Value? nonTemporal) =>
        emit.For(
            begin,
            end,
            emit.Index(lanes),
            [],
            (e, iv, _) =>
            {
                Value[] all = [.. ivs[..Inner], iv];
                var values = new VectorBody(_op, HoistOf(e), all, lanes, null).Emit(
                    e,
                    _op.BodyBlock.Last!.Operands.ToArray()
                );
                if (nonTemporal is null)
                {
                    StoreVectors(e, all, values, null, nonTemporal: false);
                }
                else
                {
                    e.If(
                        nonTemporal,
                        [],
                        around => StoreVectors(around, all, values, null, nonTemporal: true),
                        through => StoreVectors(through, all, values, null, nonTemporal: false)
                    );
                }

                return [];
            }
        );

    private void EmitMasked(Emitter emit, Value[] ivs, Value begin, Value end, int lanes) =>
        emit.For(
            begin,
            end,
            emit.Index(lanes),
            [],
            (e, iv, _) =>
            {
                Value[] all = [.. ivs[..Inner], iv];
                var mask = e.CreateMask(e.Sub(end, iv), lanes);
                var values = new VectorBody(_op, HoistOf(e), all, lanes, mask).Emit(
                    e,
                    _op.BodyBlock.Last!.Operands.ToArray()
                );
                StoreVectors(e, all, values, mask, nonTemporal: false);
                return [];
            }
        );

    private Value[] StoreVectors(Emitter emit, Value[] ivs, Value[] values, Value? mask, bool nonTemporal)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var subscripts = ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs);
            if (mask is null)
            {
                emit.VectorStore(values[i], _op.Outputs[i], subscripts, nonTemporal);
            }
            else
            {
                emit.MaskedStore(values[i], _op.Outputs[i], subscripts, mask);
            }
        }

        return [];
    }

    /// <summary>Whether the only output is so large that the cache would not keep it; null when that cannot be or cannot pay.</summary>
    private Value? NonTemporalCondition()
    {
        if (
            _options.NonTemporalBytes == 0
            || !_vectorize
            || _options.VectorBits == 0
            || _op.Outputs.Count != 1
            || !_op.OutputElement(0).IsUnused
            || _op.Outputs[0].Type is not MemRefType { ElementType: FloatType or IntegerType { Width: > 1 } } type
            || (type.HasStaticShape && type.ElementCount * SizeInBytes(type) < _options.NonTemporalBytes)
        )
        {
            return null;
        }

        return _emit.Less(_emit.Index((_options.NonTemporalBytes / SizeInBytes(type)) - 1), _sizes[0]);
    }

    /// <summary>How many elements from <paramref name="begin"/> on come before the next aligned address.</summary>
    private Value LeadingElements(Emitter emit, Value begin, Value end)
    {
        var size = SizeInBytes((MemRefType)_op.Outputs[0].Type);
        var address = emit.Add(emit.AddressOf(_op.Outputs[0]), emit.Mul(begin, emit.Index(size)));
        var missing = emit.Rem(emit.Sub(emit.Index(0), address), emit.Index(Emitter.NonTemporalAlignment));
        return emit.Min(emit.Div(missing, emit.Index(size)), emit.Sub(end, begin));
    }

    private static long SizeInBytes(MemRefType type) => DenseElementsAttr.ElementSize(type.ElementType);

    private void Store(Emitter emit, Value[] ivs, Value[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            emit.Store(values[i], _op.Outputs[i], ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs));
        }
    }

    /// <summary>Runs <paramref name="body"/> on <c>begin … end</c> ranges that cover <c>0 … count</c>.</summary>
    private void ForChunks(Value count, Value chunk, long staticChunk, Action<Emitter, Value, Value> body)
    {
        if (!_options.Parallel || (staticChunk > 0 && count.ConstInt is { } known && known <= staticChunk))
        {
            body(_emit, _emit.Index(0), count);
            return;
        }

        _emit.Parallel(
            _emit.CeilDiv(count, chunk),
            1,
            (emit, number) =>
            {
                var begin = emit.Mul(number, chunk);
                body(emit, begin, emit.Min(emit.Add(begin, chunk), count));
            }
        );
    }

    private long ChunkElements() =>
        (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(ChunkWork / _work, 1024, 65536));

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

    private Value SizeOf(int loop)
    {
        for (var i = 0; i < _op.Operands.Count; i++)
        {
            var results = _op.MapOf(i).Results;
            for (var k = 0; k < results.Count && _op.Operands[i].Type is MemRefType; k++)
            {
                if (results[k] is AffineDimExpr { Position: var position } && position == loop)
                {
                    return _emit.MemRefDim(_op.Operands[i], k);
                }
            }
        }

        throw new DiagnosticException(UnknownSize.At(_op.Location, loop));
    }
}
