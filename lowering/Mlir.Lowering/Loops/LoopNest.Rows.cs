using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The innermost loop: vectors, a masked rest, and the stores.</summary>
internal sealed partial class LoopNest
{
    // Bodies of more operations are emitted once: neighbouring vectors hide less of each other, and every further copy costs time to compile.
    private const int ShortBody = 64;

    private static readonly IrAttribute MostlyWhole = DenseArrayAttr.I32([2000, 1]);

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
        // Neighbouring vectors hide each other's latency: the longer the body, the fewer fit into what the processor looks ahead.
        var unrolled =
            lanes
            * (
                _options.Unroll > 0 ? _options.Unroll
                : _work <= ShortBody ? 4
                : 2
            );
        if (_work > ShortBody && VectorBody.IsSafe(_op))
        {
            EmitOnce(emit, ivs, begin, end, unrolled, nonTemporal);
            return;
        }

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

    /// <summary>
    /// Whole vectors and those at the ends in one loop, which differ in loads and stores only: lanes that are switched off compute something
    /// that nobody sees. For aligned addresses it begins in front of the range.
    /// </summary>
    private void EmitOnce(Emitter emit, Value[] ivs, Value begin, Value end, int lanes, Value? nonTemporal)
    {
        var width = emit.Index(lanes);
        var start = begin;
        if (nonTemporal is not null)
        {
            var lead = emit.Select(nonTemporal, LeadingElements(emit, begin, end), emit.Index(0));
            var missing = emit.Select(emit.Equal(lead, emit.Index(0)), lead, emit.Sub(width, lead));
            start = emit.Sub(begin, missing);
        }

        emit.For(
            start,
            end,
            width,
            [],
            (e, iv, _) =>
            {
                var first = nonTemporal is null ? iv : e.Max(iv, begin);
                var count = e.Sub(e.Min(e.Add(iv, width), end), first);
                var isWhole = e.Equal(count, width);
                Value[] all = [.. ivs[..Inner], first];
                var whole = new VectorBody(_op, HoistOf(e), all, lanes, null);
                var elements = whole.Elements;
                var vectors = e.If(
                    isWhole,
                    [.. elements.Select(element => VectorType.Get([lanes], element.Type))],
                    whole.EmitElements,
                    part =>
                        new VectorBody(_op, HoistOf(e), all, lanes, part.CreateMask(count, lanes)).EmitElements(part),
                    MostlyWhole
                );
                var values = new VectorBody(
                    _op,
                    HoistOf(e),
                    all,
                    lanes,
                    null,
                    given: elements.Zip(
                        vectors,
                        static (element, vector) => KeyValuePair.Create<Value, Value>(element, vector)
                    )
                ).Emit(e, _op.BodyBlock.Last!.Operands.ToArray());
                e.If(
                    isWhole,
                    [],
                    through => StoreWhole(through, all, values, nonTemporal),
                    part => StoreVectors(part, all, values, part.CreateMask(count, lanes), nonTemporal: false),
                    MostlyWhole
                );
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
                StoreWhole(e, all, values, nonTemporal);
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

    /// <summary>Stores whole vectors, around the cache where that was decided.</summary>
    private Value[] StoreWhole(Emitter emit, Value[] ivs, Value[] values, Value? nonTemporal) =>
        nonTemporal is null
            ? StoreVectors(emit, ivs, values, null, nonTemporal: false)
            : emit.If(
                nonTemporal,
                [],
                around => StoreVectors(around, ivs, values, null, nonTemporal: true),
                through => StoreVectors(through, ivs, values, null, nonTemporal: false)
            );

    private Value[] StoreVectors(Emitter emit, Value[] ivs, Value[] values, Value? mask, bool nonTemporal)
    {
        for (var i = 0; i < values.Length; i++)
        {
            StoreVector(emit, ivs, i, values[i], mask, nonTemporal);
        }

        return [];
    }

    private void StoreVector(Emitter emit, Value[] ivs, int output, Value value, Value? mask, bool nonTemporal)
    {
        var subscripts = ScalarBody.Subscripts(emit, _op.OutputMap(output), ivs);
        if (mask is null)
        {
            emit.VectorStore(value, _op.Outputs[output], subscripts, nonTemporal);
        }
        else
        {
            emit.MaskedStore(value, _op.Outputs[output], subscripts, mask);
        }
    }

    /// <summary>
    /// Whether the loop goes through so much memory that the cache would not keep the outputs, no output is an input's memory, which is in the cache
    /// already, and all reach aligned addresses at once; null when that cannot be or cannot pay.
    /// </summary>
    private Value? NonTemporalCondition()
    {
        if (_options.NonTemporalBytes == 0 || !_vectorize || _options.VectorBits == 0)
        {
            return null;
        }

        var inputs = _op.Inputs.Select(Views.Root).Where(i => i.Type is MemRefType { Rank: > 0 }).Distinct().ToList();
        var bytes = inputs.Concat(_op.Outputs).Sum(array => SizeInBytes((MemRefType)array.Type));
        for (var i = 0; i < _op.Outputs.Count; i++)
        {
            if (
                !_op.OutputElement(i).IsUnused
                || _op.Outputs[i].Type
                    is not MemRefType { Layout: null, ElementType: FloatType or IntegerType { Width: > 1 } } type
                || (type.HasStaticShape && type.ElementCount * bytes < _options.NonTemporalBytes)
                || SizeInBytes(type) != SizeInBytes((MemRefType)_op.Outputs[0].Type)
                || inputs.Contains(_op.Outputs[i])
            )
            {
                return null;
            }
        }

        var condition = _emit.Less(_emit.Index((_options.NonTemporalBytes / bytes) - 1), _sizes[0]);
        var first = _emit.AddressOf(_op.Outputs[0]);
        foreach (var input in inputs)
        {
            condition = _emit.And(condition, _emit.Not(_emit.Equal(_emit.AddressOf(input), first)));
        }

        foreach (var output in _op.Outputs.Skip(1))
        {
            var apart = _emit.Rem(_emit.Sub(_emit.AddressOf(output), first), _emit.Index(Emitter.NonTemporalAlignment));
            condition = _emit.And(condition, _emit.Equal(apart, _emit.Index(0)));
        }

        return condition;
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
}
