using Mlir.Dialects.Linalg;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering;

/// <summary>The loops of one contraction on memrefs.</summary>
/// <remarks>
/// From the outside: pairs of matrices (batch loops, and columns beyond the last dimension); columns that are packed at once; blocks of
/// the reduced loop; then, shared by threads, blocks of columns and panels of rows; then register tiles. Small products skip the packing.
/// </remarks>
internal sealed class ContractionNest
{
    // Products up to this size stay on one thread, which needs some twenty microseconds for them.
    private const long SharedProducts = 1 << 19;

    // What a thread takes at a time: short enough to share evenly.
    private const long ChunkProducts = 1 << 16;

    // With fewer rows a packed element is not used often enough.
    private const long LeastPackedRows = 48;

    // A right factor up to this size is read where it lies: it stays in the second cache.
    private const long UnpackedBytes = 128 << 10;

    private readonly Contraction _contraction;
    private readonly GenericOp _op;
    private readonly TileContractions _options;
    private readonly OutputFusion _fusion;
    private readonly Emitter _emit;
    private readonly Value[] _sizes;
    private readonly int[] _outer;
    private readonly int _column;
    private readonly TileSizes _tile;
    private readonly VectorType _vector;
    private readonly Value _rows;
    private readonly Value _columns;
    private readonly Value _depth;

    public ContractionNest(Contraction contraction, TileContractions options)
    {
        (_contraction, _op, _options) = (contraction, contraction.Op, options);
        _fusion = OutputFusion.Find(_op);
        _emit = new Emitter(new OpBuilder(_fusion.Place), _op.Location);
        _sizes = [.. Enumerable.Range(0, _op.IteratorKinds.Length).Select(SizeOf)];
        _column = contraction.Columns[^1];
        _outer = [.. contraction.Batch, .. contraction.Columns[..^1]];
        _rows = _emit.Product(contraction.Rows.Select(d => _sizes[d]));
        _columns = _sizes[_column];
        _depth = _emit.Product(contraction.Reduced.Select(d => _sizes[d]));
        _tile = TileSizes.For(contraction.Accumulator, options.VectorBits, Known(_rows), Known(_columns));
        _vector = VectorType.Get([_tile.Lanes], contraction.Accumulator);
    }

    /// <summary>Whether the output can be written in vectors of a type that processors multiply.</summary>
    public static bool Supports(Contraction contraction) =>
        contraction.Accumulator is FloatType { Name: "f32" or "f64" } or IntegerType { Width: 32 or 64 }
        && IsDense(contraction.Op.Outputs[0])
        && contraction.Op.Inputs.All(v => v.Type is not MemRefType m || IsScalar(m.ElementType));

    private static bool IsScalar(IrType type) =>
        type is IntegerType { Width: 1 or 8 or 16 or 32 or 64 } or IndexType or FloatType { Width: 16 or 32 or 64 };

    private static bool IsDense(Value array) => array.Type is MemRefType { Layout: null };

    private static long? Known(Value size) => size.ConstInt is { } known ? (long)known : null;

    public void Emit()
    {
        if (_outer.Length == 0)
        {
            EmitOne(_emit, [], parallel: _options.Parallel);
        }
        else
        {
            EmitBatch();
        }

        _fusion.Finish(_op);
    }

    /// <summary>Each thread takes whole products.</summary>
    private void EmitBatch()
    {
        var sizes = _outer.Select(d => _sizes[d]).ToArray();
        var count = _emit.Product(sizes);
        var chunk = ChunkOf(_emit, count, _emit.Mul(_emit.Mul(_rows, _columns), _depth), 1);
        _emit.Parallel(
            _emit.CeilDiv(count, chunk),
            _options.Parallel ? 1 : 0,
            (emit, number) =>
            {
                var begin = emit.Mul(number, chunk);
                emit.For(
                    begin,
                    emit.Min(emit.Add(begin, chunk), count),
                    emit.Index(1),
                    [],
                    (e, product, _) =>
                    {
                        EmitOne(e, e.Delinearize(product, sizes), parallel: false);
                        return [];
                    }
                );
            }
        );
    }

    /// <summary>One product of two matrices, packed or not, as its sizes say.</summary>
    private void EmitOne(Emitter emit, Value[] outer, bool parallel)
    {
        if (!RightIsReadable())
        {
            EmitPacked(emit, outer, parallel);
            return;
        }

        var bytes = DenseElementsAttr.ElementSize(_contraction.Accumulator);
        var fewRows = emit.Less(_rows, emit.Index(LeastPackedRows));
        var small = emit.Less(emit.Mul(_columns, _depth), emit.Index((UnpackedBytes / bytes) + 1));
        if (Known(_rows) < LeastPackedRows || (Known(_columns) * Known(_depth)) * bytes <= UnpackedBytes)
        {
            EmitUnpacked(emit, outer, parallel);
        }
        else if (Known(_rows) >= LeastPackedRows && (Known(_columns) * Known(_depth)) * bytes > UnpackedBytes)
        {
            EmitPacked(emit, outer, parallel);
        }
        else
        {
            emit.If(
                emit.Or(fewRows, small),
                [],
                e =>
                {
                    EmitUnpacked(e, outer, parallel);
                    return [];
                },
                e =>
                {
                    EmitPacked(e, outer, parallel);
                    return [];
                }
            );
        }
    }

    /// <summary>Whether the right factor lies along the columns as it is needed.</summary>
    private bool RightIsReadable()
    {
        foreach (var step in _contraction.StepsTo(_contraction.Right).Where(s => s is not IConstantLike))
        {
            if (step is not (Arith.ExtFOp or Arith.ExtSIOp or Arith.ExtUIOp))
            {
                return false;
            }
        }

        return ArgumentsOf(_contraction.Right)
            .All(a =>
                IsDense(_op.Operands[a.Index])
                && _op.MapOf(a.Index).Results is { Count: > 0 } results
                && results[results.Count - 1] is AffineDimExpr { Position: var last }
                && last == _column
            );
    }

    private IEnumerable<BlockArgument> ArgumentsOf(Value factor) =>
        _contraction
            .StepsTo(factor)
            .SelectMany(s => s.Operands.ToArray())
            .Append(factor)
            .OfType<BlockArgument>()
            .Where(a => ReferenceEquals(a.ParentBlock, _op.BodyBlock))
            .Distinct();

    // ---- loops over tiles

    private void EmitUnpacked(Emitter emit, Value[] outer, bool parallel) =>
        ForPanels(
            emit,
            emit.Index(0),
            _columns,
            _depth,
            parallel,
            (e, row, rows, begin, end) =>
                EmitRowOfTiles(
                    e,
                    new Stripe(outer, row, rows, begin, end, e.Index(0), _depth, null, null),
                    (inner, k, column, mask) => LoadRight(inner, outer, k, column, mask)
                )
        );

    private void EmitPacked(Emitter emit, Value[] outer, bool parallel)
    {
        var packedColumns = emit.Min(_columns, emit.Index(TileSizes.PackedColumns));
        var blocks = emit.Max(emit.Index(1), emit.CeilDiv(_depth, emit.Index(_tile.Depth)));
        var blockDepth = emit.Max(emit.Index(1), emit.CeilDiv(_depth, blocks));
        var width = emit.Index(_tile.Columns);
        var panels = emit.CeilDiv(packedColumns, width);
        var room = emit.Mul(emit.Mul(panels, width), blockDepth);
        var packed = emit.Alloc(
            room.ConstInt is { } known
                ? MemRefType.Get([(long)known], _contraction.Accumulator)
                : MemRefType.Get([ShapedType.Dynamic], _contraction.Accumulator),
            room.ConstInt is null ? [room] : []
        );
        Each(
            emit,
            emit.CeilDiv(_columns, emit.Index(TileSizes.PackedColumns)),
            (c, part) =>
            {
                var begin = c.Mul(part, c.Index(TileSizes.PackedColumns));
                var end = c.Min(c.Add(begin, c.Index(TileSizes.PackedColumns)), _columns);
                Each(
                    c,
                    blocks,
                    (d, block) =>
                    {
                        var from = d.Mul(block, blockDepth);
                        var to = d.Min(d.Add(from, blockDepth), _depth);
                        var one = blocks.ConstInt == 1;
                        var first = one ? null : d.Equal(block, d.Index(0));
                        var last = one ? null : d.Equal(block, d.Sub(blocks, d.Index(1)));
                        EmitPacking(d, outer, packed, begin, end, from, to, parallel);
                        ForPanels(
                            d,
                            begin,
                            end,
                            d.Sub(to, from),
                            parallel,
                            (e, row, count, left, right) =>
                            {
                                var height = e.Sub(to, from);
                                EmitRowOfTiles(
                                    e,
                                    new Stripe(outer, row, count, left, right, from, to, first, last),
                                    (inner, k, column, _) =>
                                    {
                                        // Panels of whole tiles, one after the other, each with its rows one below the other.
                                        var offset = inner.Sub(column, begin);
                                        var within = inner.Rem(offset, width);
                                        var position = inner.Add(
                                            inner.Mul(inner.Sub(offset, within), height),
                                            inner.Add(inner.Mul(inner.Sub(k, from), width), within)
                                        );
                                        return inner.VectorLoad(_vector, packed, [position]);
                                    }
                                );
                            }
                        );
                    }
                );
            }
        );
        emit.Dealloc(packed);
    }

    /// <summary>Copies the right factor, rows <paramref name="from"/> … <paramref name="to"/>, into panels as wide as a tile.</summary>
    private void EmitPacking(
        Emitter emit,
        Value[] outer,
        Value packed,
        Value begin,
        Value end,
        Value from,
        Value to,
        bool parallel
    )
    {
        var width = emit.Index(_tile.Columns);
        var height = emit.Sub(to, from);
        var readable = RightIsVectorizable();
        var panels = emit.CeilDiv(emit.Sub(end, begin), width);
        var chunk = ChunkOf(emit, panels, emit.Mul(height, width), 8);
        ForChunks(
            emit,
            panels,
            chunk,
            parallel,
            (e, panel) =>
            {
                var column = e.Add(begin, e.Mul(panel, width));
                var start = e.Mul(e.Mul(panel, width), height);
                if (!readable)
                {
                    PackTransposed(e, outer, packed, column, end, from, to, start);
                    return;
                }

                void Rows(Emitter inside, bool whole) =>
                    inside.For(
                        from,
                        to,
                        inside.Index(1),
                        [],
                        (i, k, _) =>
                        {
                            var target = i.Add(start, i.Mul(i.Sub(k, from), width));
                            for (var v = 0; v < _tile.Vectors; v++)
                            {
                                var at = i.Add(column, i.Index(v * _tile.Lanes));
                                var mask = whole ? null : i.CreateMask(i.Sub(end, at), _tile.Lanes);
                                i.VectorStore(
                                    LoadRight(i, outer, k, at, mask),
                                    packed,
                                    [i.Add(target, i.Index(v * _tile.Lanes))],
                                    nonTemporal: false
                                );
                            }

                            return [];
                        }
                    );
                e.If(
                    e.Less(e.Sub(end, column), width),
                    [],
                    i =>
                    {
                        Rows(i, whole: false);
                        return [];
                    },
                    i =>
                    {
                        Rows(i, whole: true);
                        return [];
                    }
                );
            }
        );
    }

    /// <summary>Element by element, where the columns of the right factor are not neighbours in memory.</summary>
    private void PackTransposed(
        Emitter emit,
        Value[] outer,
        Value packed,
        Value column,
        Value end,
        Value from,
        Value to,
        Value start
    )
    {
        var width = emit.Index(_tile.Columns);
        emit.For(
            emit.Index(0),
            width,
            emit.Index(1),
            [],
            (c, within, _) =>
            {
                var at = c.Add(column, within);
                c.If(
                    c.Less(at, end),
                    [],
                    i =>
                    {
                        i.For(
                            from,
                            to,
                            i.Index(1),
                            [],
                            (e, k, _) =>
                            {
                                var value = LoadScalar(e, _contraction.Right, Subscripts(e, outer, null, k, at));
                                e.Store(value, packed, [PackedPosition(e, start, e.Sub(k, from), width, within)]);
                                return [];
                            }
                        );
                        return [];
                    },
                    i =>
                    {
                        i.For(
                            i.Index(0),
                            i.Sub(to, from),
                            i.Index(1),
                            [],
                            (e, k, _) =>
                            {
                                e.Store(e.Constant(Zero()), packed, [PackedPosition(e, start, k, width, within)]);
                                return [];
                            }
                        );
                        return [];
                    }
                );
                return [];
            }
        );
    }

    private static Value PackedPosition(Emitter emit, Value start, Value k, Value width, Value within) =>
        emit.Add(start, emit.Add(emit.Mul(k, width), within));

    /// <summary>Blocks of columns and, in each, panels of rows; panels are shared by threads.</summary>
    private void ForPanels(
        Emitter emit,
        Value begin,
        Value end,
        Value depth,
        bool parallel,
        Action<Emitter, Value, int, Value, Value> body
    )
    {
        var rows = emit.Index(_tile.Rows);
        var panels = emit.CeilDiv(_rows, rows);
        var width = emit.Index(_tile.BlockColumns);
        var blocks = emit.CeilDiv(emit.Sub(end, begin), width);
        var work = emit.Mul(emit.Mul(rows, emit.Min(emit.Sub(end, begin), width)), depth);
        var count = emit.Mul(blocks, panels);
        var chunk = ChunkOf(emit, count, work, 1);
        ForChunks(
            emit,
            count,
            chunk,
            parallel,
            (e, number) =>
            {
                var one = blocks.ConstInt == 1;
                var panel = one ? number : e.Rem(number, panels);
                var left = one ? begin : e.Add(begin, e.Mul(e.Div(number, panels), width));
                var right = one ? end : e.Min(e.Add(left, width), end);
                var row = e.Mul(panel, rows);
                EmitPanel(e, row, (inner, at, some) => body(inner, at, some, left, right));
            }
        );
    }

    /// <summary>The rows of one panel: all that a tile has, or what is left in tiles of fewer rows.</summary>
    private void EmitPanel(Emitter emit, Value row, Action<Emitter, Value, int> body)
    {
        if (Known(_rows) is { } known)
        {
            var rest = (int)(known % _tile.Rows);
            if (rest == 0 || known < _tile.Rows)
            {
                body(emit, row, rest == 0 ? _tile.Rows : rest);
                return;
            }

            emit.If(
                emit.Less(emit.Index(known - rest - 1), row),
                [],
                e =>
                {
                    body(e, row, rest);
                    return [];
                },
                e =>
                {
                    body(e, row, _tile.Rows);
                    return [];
                }
            );
            return;
        }

        var left = emit.Sub(_rows, row);
        emit.If(
            emit.Less(left, emit.Index(_tile.Rows)),
            [],
            e =>
            {
                // Pairs, and then a single one: few sizes of tiles keep the code short.
                var pairs = _tile.Rows > 2 ? e.Mul(e.Div(left, e.Index(2)), e.Index(2)) : e.Index(0);
                var single = e.Add(row, pairs);
                Loop(e, row, single, e.Index(2), (i, at) => body(i, at, 2));
                Loop(e, single, _rows, e.Index(1), (i, at) => body(i, at, 1));
                return [];
            },
            e =>
            {
                body(e, row, _tile.Rows);
                return [];
            }
        );
    }

    /// <summary>The part of the output that a row of tiles covers, and the part of the reduced loop that they sum.</summary>
    /// <param name="Outer">The values of the outer loops.</param>
    /// <param name="Row">The first row.</param>
    /// <param name="Rows">How many rows.</param>
    /// <param name="Begin">The first column.</param>
    /// <param name="End">The column after the last.</param>
    /// <param name="From">Where the reduced loop begins.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="First">Whether these are the first products of their sums; null for yes.</param>
    /// <param name="Last">Whether these are the last products of their sums; null for yes.</param>
    private sealed record Stripe(
        Value[] Outer,
        Value Row,
        int Rows,
        Value Begin,
        Value End,
        Value From,
        Value To,
        Value? First,
        Value? Last
    );

    private delegate Value RightLoader(Emitter emit, Value k, Value column, Value? mask);

    /// <summary>Tiles of full width, then single vectors under a mask.</summary>
    private void EmitRowOfTiles(Emitter emit, Stripe stripe, RightLoader load)
    {
        var at = stripe.Begin;
        if (_tile.Vectors > 1)
        {
            var width = emit.Index(_tile.Columns);
            var end = emit.Add(at, emit.Mul(emit.Div(emit.Sub(stripe.End, at), width), width));
            Loop(emit, at, end, width, (e, column) => EmitTile(e, stripe, column, _tile.Vectors, null, load));
            at = end;
        }

        var whole = Known(emit.Sub(stripe.End, at)) is { } rest && rest % _tile.Lanes == 0;
        Loop(
            emit,
            at,
            stripe.End,
            emit.Index(_tile.Lanes),
            (e, column) =>
                EmitTile(
                    e,
                    stripe,
                    column,
                    1,
                    whole ? null : e.CreateMask(e.Sub(stripe.End, column), _tile.Lanes),
                    load
                )
        );
    }

    // ---- one register tile

    private void EmitTile(Emitter emit, Stripe stripe, Value column, int vectors, Value? mask, RightLoader load)
    {
        var rows = Enumerable
            .Range(0, stripe.Rows)
            .Select(r => RowSubscripts(emit, emit.Add(stripe.Row, emit.Index(r))))
            .ToArray();
        var columns = Enumerable.Range(0, vectors).Select(v => emit.Add(column, emit.Index(v * _tile.Lanes))).ToArray();
        var sums = EmitProducts(emit, stripe, rows, columns, EmitStart(emit, stripe, rows, columns, mask), mask, load);
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

    private Value[] EmitProducts(
        Emitter emit,
        Stripe stripe,
        Value[][] rows,
        Value[] columns,
        Value[] start,
        Value? mask,
        RightLoader load
    )
    {
        // Tiles of few vectors have short bodies; long ones are not repeated, so that the loop stays in the instruction cache.
        var size = rows.Length * columns.Length;
        var depth = Known(emit.Sub(stripe.To, stripe.From));
        if (depth * size <= 512)
        {
            var all = start;
            for (var k = 0; k < depth; k++)
            {
                all = EmitStep(emit, stripe, rows, columns, emit.Add(stripe.From, emit.Index(k)), all, mask, load);
            }

            return all;
        }

        var unroll = size >= 16 ? 4 : 2;
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
                    carried = EmitStep(e, stripe, rows, columns, e.Add(k, e.Index(i)), carried, mask, load);
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
                (e, k, carried) => EmitStep(e, stripe, rows, columns, k, carried, mask, load)
            );
    }

    private Value[] EmitStep(
        Emitter emit,
        Stripe stripe,
        Value[][] rows,
        Value[] columns,
        Value k,
        Value[] sums,
        Value? mask,
        RightLoader load
    )
    {
        var right = columns.Select(c => load(emit, k, c, mask)).ToArray();
        var next = new Value[sums.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var factor = LoadScalar(emit, _contraction.Left, Subscripts(emit, stripe.Outer, rows[r], k, null));
            var left = emit.Broadcast(factor, _vector);
            for (var v = 0; v < columns.Length; v++)
            {
                var at = (r * columns.Length) + v;
                next[at] = emit.MultiplyAdd(left, right[v], sums[at]);
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

    // ---- elements

    /// <summary>The factor from the columns for some neighbouring ones; lanes that are off are zero.</summary>
    private Value LoadRight(Emitter emit, Value[] outer, Value k, Value column, Value? mask)
    {
        var at = Subscripts(emit, outer, null, k, column);
        var mapping = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        foreach (var argument in ArgumentsOf(_contraction.Right))
        {
            var source = _op.Operands[argument.Index];
            var map = _op.MapOf(argument.Index);
            var type = VectorType.Get([_tile.Lanes], argument.Type);
            var subscripts = ScalarBody.Subscripts(emit, map, at);
            mapping[argument] =
                source.Type is not MemRefType ? emit.Broadcast(source, type)
                : VectorBody.AccessOf(map, _column) == Access.Fixed
                    ? emit.Broadcast(emit.Load(source, subscripts), type)
                : mask is null ? emit.VectorLoad(type, source, subscripts)
                : emit.MaskedLoad(source, subscripts, mask, emit.Constant(Splat(ZeroOf(argument.Type))));
        }

        foreach (var step in _contraction.StepsTo(_contraction.Right))
        {
            if (step is IConstantLike)
            {
                mapping[step.Results[0]] = emit.Constant(
                    DenseElementsAttr.Splat(
                        VectorType.Get([_tile.Lanes], step.Results[0].Type),
                        step.Results[0].ConstScalar!
                    )
                );
                continue;
            }

            var operands = step.Operands.ToArray().Select(Lanes);
            var made = emit.Insert(ElementwiseCloner.Clone(step, operands, t => VectorType.Get([_tile.Lanes], t)));
            for (var i = 0; i < made.Results.Count; i++)
            {
                mapping[step.Results[i]] = made.Results[i];
            }
        }

        return Lanes(_contraction.Right);

        Value Lanes(Value value) =>
            mapping.TryGetValue(value, out var lanes)
                ? lanes
                : emit.Broadcast(value, VectorType.Get([_tile.Lanes], value.Type));
    }

    private bool RightIsVectorizable() =>
        ArgumentsOf(_contraction.Right)
            .All(a =>
                _op.Operands[a.Index].Type is not MemRefType
                || VectorBody.AccessOf(_op.MapOf(a.Index), _column) switch
                {
                    Access.Fixed => true,
                    Access.Contiguous => IsDense(_op.Operands[a.Index]),
                    _ => false,
                }
            );

    private Value LoadScalar(Emitter emit, Value factor, Value[] at)
    {
        var mapping = new IrMapping();
        foreach (var argument in ArgumentsOf(factor))
        {
            var source = _op.Operands[argument.Index];
            mapping[argument] =
                source.Type is MemRefType
                    ? emit.Load(source, ScalarBody.Subscripts(emit, _op.MapOf(argument.Index), at))
                    : source;
        }

        foreach (var step in _contraction.StepsTo(factor))
        {
            emit.Clone(step, mapping);
        }

        return mapping[factor];
    }

    private Value[] RowSubscripts(Emitter emit, Value row) =>
        emit.Delinearize(row, [.. _contraction.Rows.Select(d => _sizes[d])]);

    /// <summary>The value of each loop; those that are not given stay null.</summary>
    private Value[] Subscripts(Emitter emit, Value[] outer, Value[]? row, Value? k, Value? column)
    {
        var all = new Value[_sizes.Length];
        Set(_outer, outer);
        if (row is not null)
        {
            Set(_contraction.Rows, row);
        }

        if (k is not null)
        {
            Set(_contraction.Reduced, emit.Delinearize(k, [.. _contraction.Reduced.Select(d => _sizes[d])]));
        }

        if (column is not null)
        {
            all[_column] = column;
        }

        return all;

        void Set(int[] loops, Value[] values)
        {
            for (var i = 0; i < loops.Length; i++)
            {
                all[loops[i]] = values[i];
            }
        }
    }

    private Value[] OutputSubscripts(Emitter emit, Stripe stripe, Value[] row, Value column) =>
        ScalarBody.Subscripts(emit, _op.OutputMap(0), Subscripts(emit, stripe.Outer, row, null, column));

    private TypedAttr Zero() => ZeroOf(_contraction.Accumulator);

    private static TypedAttr ZeroOf(IrType type) =>
        type is FloatType real ? FloatAttr.Get(real, 0) : IntegerAttr.Get(type, 0);

    private DenseElementsAttr Splat(TypedAttr value) =>
        DenseElementsAttr.Splat(VectorType.Get([_tile.Lanes], value.Type), value);

    // ---- loops

    /// <summary>A loop that is not there when it has one iteration.</summary>
    private static void Each(Emitter emit, Value count, Action<Emitter, Value> body) =>
        Loop(emit, emit.Index(0), count, emit.Index(1), body);

    private static void Loop(Emitter emit, Value begin, Value end, Value step, Action<Emitter, Value> body)
    {
        if (begin.ConstInt is { } from && end.ConstInt is { } to && step.ConstInt is { } stride && to - from <= stride)
        {
            if (to > from)
            {
                body(emit, begin);
            }

            return;
        }

        if (ReferenceEquals(begin, end))
        {
            return;
        }

        emit.For(
            begin,
            end,
            step,
            [],
            (e, iv, _) =>
            {
                body(e, iv);
                return [];
            }
        );
    }

    /// <summary>How many pieces one thread takes at a time: all where the work is little, else few.</summary>
    /// <param name="emit">Where the arithmetic goes.</param>
    /// <param name="count">The number of pieces.</param>
    /// <param name="work">The products of a piece.</param>
    /// <param name="weight">How many products cost what one unit of this work costs.</param>
    private static Value ChunkOf(Emitter emit, Value count, Value work, long weight)
    {
        var few = emit.Max(emit.Index(1), emit.Div(emit.Index(ChunkProducts / weight), emit.Max(emit.Index(1), work)));
        var total = emit.Mul(count, work);
        return total.ConstInt is { } known
            ? known * weight > SharedProducts
                ? few
                : emit.Max(emit.Index(1), count)
            : emit.Select(emit.Less(emit.Index(SharedProducts / weight), total), few, emit.Max(emit.Index(1), count));
    }

    private static void ForChunks(Emitter emit, Value count, Value chunk, bool parallel, Action<Emitter, Value> body)
    {
        if (!parallel || (count.ConstInt is { } known && chunk.ConstInt >= known))
        {
            Each(emit, count, body);
            return;
        }

        emit.Parallel(
            emit.CeilDiv(count, chunk),
            1,
            (e, number) =>
            {
                var begin = e.Mul(number, chunk);
                Loop(e, begin, e.Min(e.Add(begin, chunk), count), e.Index(1), body);
            }
        );
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
                    var size = _emit.MemRefDim(_op.Operands[i], k);
                    if (size.ConstInt is not null || i == _op.Operands.Count - 1 || !KnownElsewhere(loop, i))
                    {
                        return size;
                    }
                }
            }
        }

        throw new InvalidOperationException($"no operand says how far loop {loop} goes");
    }

    /// <summary>Whether another operand after <paramref name="operand"/> has a known size for the loop.</summary>
    private bool KnownElsewhere(int loop, int operand)
    {
        for (var i = operand + 1; i < _op.Operands.Count; i++)
        {
            var results = _op.MapOf(i).Results;
            for (var k = 0; k < results.Count; k++)
            {
                if (
                    results[k] is AffineDimExpr { Position: var position }
                    && position == loop
                    && _op.Operands[i].Type is MemRefType type
                    && !type.IsDynamicDim(k)
                )
                {
                    return true;
                }
            }
        }

        return false;
    }
}
