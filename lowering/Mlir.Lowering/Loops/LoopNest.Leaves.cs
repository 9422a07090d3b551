using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A leaf of a reduction: rows are combined by lanes, and the lanes into one value for each output.</summary>
internal sealed partial class LoopNest
{
    /// <summary>The part of the iterations that a leaf is.</summary>
    /// <param name="RowLoops">The reduced loops before the last, which a row number stands for.</param>
    /// <param name="Ivs">The values of the other loops.</param>
    /// <param name="RowBegin">The first row.</param>
    /// <param name="RowEnd">The row after the last.</param>
    /// <param name="Begin">Where in each row it begins.</param>
    /// <param name="End">Where in each row it ends.</param>
    private sealed record Leaf(int[] RowLoops, Value[] Ivs, Value RowBegin, Value RowEnd, Value Begin, Value End);

    private Value[][] EmitLeaf(Emitter emit, Combiner[] combiners, Value[][] neutral, Leaf leaf)
    {
        if (!_vectorize)
        {
            return EmitScalarLeaf(emit, combiners, neutral, leaf);
        }

        Value[] start = [.. combiners.SelectMany((c, i) => c.Start(emit, neutral[i]))];
        var lanes =
            leaf.RowLoops.Length == 0
                ? EmitRowSums(emit, combiners, leaf.Ivs, start, leaf)
                : emit.For(
                    leaf.RowBegin,
                    leaf.RowEnd,
                    emit.Index(1),
                    start,
                    (e, row, carried) =>
                        EmitRowSums(e, combiners, WithRow(e, leaf.Ivs, leaf.RowLoops, row), carried, leaf)
                );
        return [.. Split(combiners, lanes).Select((own, i) => combiners[i].Fold(emit, own, neutral[i], leaf.Begin))];
    }

    /// <summary>One row into the lanes: whole steps, then the rest under a mask.</summary>
    private Value[] EmitRowSums(Emitter emit, Combiner[] combiners, Value[] ivs, Value[] lanes, Leaf leaf)
    {
        var width = combiners.Max(c => c.Lanes);
        var end = WholeSteps(emit, leaf.Begin, leaf.End, width);
        var main = emit.For(
            leaf.Begin,
            end,
            emit.Index(width),
            lanes,
            (e, iv, carried) => EmitStep(e, combiners, [.. ivs[..Inner], iv], carried, leaf.Begin, null)
        );
        return emit.If(
            emit.Less(end, leaf.End),
            [.. main.Select(v => v.Type)],
            e =>
            {
                var mask = e.CreateMask(e.Sub(leaf.End, end), width);
                return EmitStep(e, combiners, [.. ivs[..Inner], end], main, leaf.Begin, mask);
            },
            _ => main
        );
    }

    /// <summary>As many iterations as the widest combiner has lanes; one with fewer takes them in parts.</summary>
    private Value[] EmitStep(Emitter emit, Combiner[] combiners, Value[] ivs, Value[] carried, Value begin, Value? mask)
    {
        var width = combiners.Max(c => c.Lanes);
        var body = new VectorBody(_op, HoistOf(emit), ivs, width, mask, [.. combiners.SelectMany(c => c.Operations)]);
        var written = Enumerable.Range(0, _op.Outputs.Count).Where(i => Combiner.IsElement(_op, i)).ToArray();
        var yielded = _op.BodyBlock.Last!.Operands.ToArray();
        var values = body.Emit(emit, combiners.SelectMany(c => c.Elements).Concat(written.Select(i => yielded[i])));
        var lanes = Split(combiners, carried);
        var next = 0;
        for (var i = 0; i < combiners.Length; i++)
        {
            var (combiner, count) = (combiners[i], combiners[i].Lanes);
            var elements = values[next..(next + combiner.Elements.Count)];
            next += elements.Length;
            for (var part = 0; part < width; part += count)
            {
                var first = part;
                var combined = combiner.Step(
                    emit,
                    lanes[i],
                    [.. elements.Select(Part)],
                    () => emit.Add(emit.Sub(ivs[Inner], begin), emit.Index(first))
                );
                lanes[i] = mask is null
                    ? combined
                    : [.. combined.Zip(lanes[i], (after, before) => emit.Select(Part(mask), after, before))];

                Value Part(Value vector) => count == width ? vector : emit.Slice(vector, first, count);
            }
        }

        foreach (var output in written)
        {
            StoreVector(emit, ivs, output, values[next++], mask, nonTemporal: false);
        }

        return [.. lanes.SelectMany(l => l)];
    }

    /// <summary>The values that belong to each combiner: as many as it has outputs.</summary>
    private static Value[][] Split(Combiner[] combiners, Value[] values)
    {
        var split = new Value[combiners.Length][];
        var next = 0;
        for (var i = 0; i < split.Length; i++)
        {
            split[i] = values[next..(next += combiners[i].Outputs.Count)];
        }

        return split;
    }

    /// <summary>The same leaf where the body cannot work on vectors: lanes in memory.</summary>
    private Value[][] EmitScalarLeaf(Emitter emit, Combiner[] combiners, Value[][] neutral, Leaf leaf)
    {
        var memory = combiners.Select(c => emit.Alloca(MemRefType.Get([c.Lanes], c.Types[0]))).ToArray();
        for (var i = 0; i < memory.Length; i++)
        {
            var own = i;
            ForLanes(emit, combiners[i].Lanes, (e, lane) => e.Store(neutral[own][0], memory[own], [lane]));
        }

        emit.For(
            leaf.RowBegin,
            leaf.RowEnd,
            emit.Index(1),
            [],
            (r, row, _) =>
            {
                var rowIvs = WithRow(r, leaf.Ivs, leaf.RowLoops, row);
                r.For(
                    leaf.Begin,
                    leaf.End,
                    r.Index(1),
                    [],
                    (e, iv, _) =>
                    {
                        EmitScalarStep(e, combiners, memory, [.. rowIvs[..Inner], iv], e.Sub(iv, leaf.Begin));
                        return [];
                    }
                );
                return [];
            }
        );
        for (var i = 0; i < memory.Length; i++)
        {
            var (combiner, lanes) = (combiners[i], memory[i]);
            for (var half = combiner.Lanes / 2; half > 0; half /= 2)
            {
                ForLanes(
                    emit,
                    half,
                    (e, lane) =>
                    {
                        var upper = e.Load(lanes, [e.Add(lane, e.Index(half))]);
                        e.Store(combiner.Merge(e, [e.Load(lanes, [lane])], [upper])[0], lanes, [lane]);
                    }
                );
            }
        }

        return [.. memory.Select(m => (Value[])[emit.Load(m, [emit.Index(0)])])];
    }

    private void EmitScalarStep(Emitter emit, Combiner[] combiners, Value[] memory, Value[] ivs, Value position)
    {
        var lanes = combiners.Select(c => emit.Rem(position, emit.Index(c.Lanes))).ToArray();
        var before = new Value?[_op.Outputs.Count];
        for (var i = 0; i < combiners.Length; i++)
        {
            before[combiners[i].Outputs[0]] = emit.Load(memory[i], [lanes[i]]);
        }

        var after = ScalarBody.Emit(emit, _op, ivs, before);
        for (var i = 0; i < combiners.Length; i++)
        {
            emit.Store(after[combiners[i].Outputs[0]], memory[i], [lanes[i]]);
        }

        for (var i = 0; i < after.Length; i++)
        {
            if (before[i] is null)
            {
                emit.Store(after[i], _op.Outputs[i], ScalarBody.Subscripts(emit, _op.OutputMap(i), ivs));
            }
        }
    }

    private static void ForLanes(Emitter emit, int count, Action<Emitter, Value> body) =>
        emit.For(
            emit.Index(0),
            emit.Index(count),
            emit.Index(1),
            [],
            (e, lane, _) =>
            {
                body(e, lane);
                return [];
            }
        );
}
