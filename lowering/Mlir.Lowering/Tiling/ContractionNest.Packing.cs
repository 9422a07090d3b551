using Mlir.IR;

namespace Mlir.Lowering;

/// <content>The right factor copied into panels as wide as a tile.</content>
internal sealed partial class ContractionNest
{
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
}
