using Mlir.IR;

namespace Mlir.Lowering;

/// <content>One tile, whose sums stay in registers.</content>
internal sealed partial class ContractionNest
{
    // The most products of vectors that are written out one after the other.
    private const long StraightProducts = 128;

    private void EmitTile(
        Emitter emit,
        Stripe stripe,
        Value column,
        int vectors,
        Value? mask,
        Func<Emitter, Value, Value?, RightReader> right
    )
    {
        var rows = Enumerable.Range(0, stripe.Rows).Select(r => RowSubscripts(emit, RowOf(emit, stripe, r))).ToArray();
        var columns = Enumerable.Range(0, vectors).Select(v => emit.Add(column, emit.Index(v * _tile.Lanes))).ToArray();
        var start = EmitStart(emit, stripe, rows, columns, mask);
        var sums = EmitProducts(emit, stripe, rows, start, right(emit, column, mask));
        if (_fusion.After is null)
        {
            StoreSums(emit, stripe, rows, columns, sums, mask);
        }
        else if (stripe.Last is null)
        {
            EmitAfter(emit, stripe, rows, columns, sums, mask);
        }
        else
        {
            emit.If(
                stripe.Last,
                [],
                e =>
                {
                    EmitAfter(e, stripe, rows, columns, sums, mask);
                    return [];
                },
                e =>
                {
                    StoreSums(e, stripe, rows, columns, sums, mask);
                    return [];
                }
            );
        }
    }

    /// <summary>A row of a tile; the last row of all again where there are no more.</summary>
    private Value RowOf(Emitter emit, Stripe stripe, int number)
    {
        var row = emit.Add(stripe.Row, emit.Index(number));
        return number == 0 || Known(_rows) is not null ? row : emit.Min(row, emit.Sub(_rows, emit.Index(1)));
    }

    /// <summary>What the sums begin with.</summary>
    private Value[] EmitStart(Emitter emit, Stripe stripe, Value[][] rows, Value[] columns, Value? mask)
    {
        if (_fusion.Before is null && ReferenceEquals(_fusion.Output, _op.Outputs[0]))
        {
            return Loaded(emit, _fusion.Output);
        }

        return stripe.First is null
            ? Initial(emit)
            : emit.If(
                stripe.First,
                [.. Enumerable.Repeat(_vector, rows.Length * columns.Length)],
                Initial,
                e => Loaded(e, _fusion.Output)
            );

        Value[] Loaded(Emitter e, Value array) =>
            [
                .. from row in rows
                from column in columns
                let at = OutputSubscripts(e, stripe, row, column)
                select mask is null
                    ? e.VectorLoad(_vector, array, at)
                    : e.MaskedLoad(array, at, mask, e.Constant(Splat(Zero()))),
            ];

        Value[] Initial(Emitter e) =>
            _fusion.Before is not { } before
                ? Loaded(e, _op.Outputs[0])
                :
                [
                    .. from row in rows
                    from column in columns
                    select new VectorBody(before, e, OutputSubscripts(e, stripe, row, column), _tile.Lanes, mask).Emit(
                        e,
                        [before.BodyBlock.Last!.Operands[0]]
                    )[0],
                ];
    }

    private Value[] EmitProducts(Emitter emit, Stripe stripe, Value[][] rows, Value[] start, RightReader right)
    {
        // Short sums of small tiles are written out; longer ones would have more on their way than there are registers.
        var depth = Known(emit.Sub(stripe.To, stripe.From));
        if (depth * start.Length <= StraightProducts)
        {
            var all = start;
            for (var k = 0; k < depth; k++)
            {
                all = EmitStep(emit, stripe, rows, emit.Add(stripe.From, emit.Index(k)), all, right);
            }

            return all;
        }

        // Tiles of few vectors have short bodies; long ones are not repeated, so that the loop stays in the instruction cache.
        var unroll = start.Length >= 16 ? 4 : 2;
        var step = emit.Index(unroll);
        var end = emit.Add(stripe.From, emit.Mul(emit.Div(emit.Sub(stripe.To, stripe.From), step), step));
        var sums = emit.For(
            stripe.From,
            end,
            step,
            start,
            (e, k, carried) =>
            {
                for (var i = 0; i < unroll; i++)
                {
                    carried = EmitStep(e, stripe, rows, e.Add(k, e.Index(i)), carried, right);
                }

                return carried;
            }
        );
        return depth % unroll == 0
            ? sums
            : emit.For(
                end,
                stripe.To,
                emit.Index(1),
                sums,
                (e, k, carried) => EmitStep(e, stripe, rows, k, carried, right)
            );
    }

    private Value[] EmitStep(Emitter emit, Stripe stripe, Value[][] rows, Value k, Value[] sums, RightReader right)
    {
        var vectors = sums.Length / rows.Length;
        var lanes = Enumerable.Range(0, vectors).Select(v => right(emit, k, v)).ToArray();
        var next = new Value[sums.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var factor = stripe.InPairs
                ? PackedLeft(emit, stripe.Outer, rows[r], k)
                : LoadScalar(emit, _contraction.Left, Subscripts(emit, stripe.Outer, rows[r], k, null));
            var left = emit.Broadcast(factor, _vector);
            for (var v = 0; v < vectors; v++)
            {
                var at = (r * vectors) + v;
                next[at] = stripe.InPairs
                    ? AddPairs(emit, left, lanes[v], sums[at])
                    : emit.MultiplyAdd(left, lanes[v], sums[at]);
            }
        }

        return next;
    }

    private void StoreSums(Emitter emit, Stripe stripe, Value[][] rows, Value[] columns, Value[] sums, Value? mask)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            var at = OutputSubscripts(emit, stripe, rows[i / columns.Length], columns[i % columns.Length]);
            StoreVector(emit, sums[i], _fusion.Output, at, mask);
        }
    }

    private void EmitAfter(Emitter emit, Stripe stripe, Value[][] rows, Value[] columns, Value[] sums, Value? mask)
    {
        var after = _fusion.After!;
        var results = new Value[sums.Length][];
        for (var i = 0; i < sums.Length; i++)
        {
            var at = OutputSubscripts(emit, stripe, rows[i / columns.Length], columns[i % columns.Length]);
            var given = _fusion.Sums.Select(s => KeyValuePair.Create(s, sums[i]));
            results[i] = new VectorBody(after, emit, at, _tile.Lanes, mask, given: given).Emit(
                emit,
                after.BodyBlock.Last!.Operands.ToArray()
            );
        }

        for (var i = 0; i < sums.Length; i++)
        {
            var at = OutputSubscripts(emit, stripe, rows[i / columns.Length], columns[i % columns.Length]);
            for (var output = 0; output < after.Outputs.Count; output++)
            {
                StoreVector(emit, results[i][output], after.Outputs[output], at, mask);
            }
        }
    }

    private static void StoreVector(Emitter emit, Value value, Value target, Value[] at, Value? mask)
    {
        if (mask is null)
        {
            emit.VectorStore(value, target, at, nonTemporal: false);
        }
        else
        {
            emit.MaskedStore(value, target, at, mask);
        }
    }
}
