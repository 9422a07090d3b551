using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <content>The right factor copied into panels as wide as a tile.</content>
internal sealed partial class ContractionNest
{
    /// <summary>How the right factor is cut into panels.</summary>
    /// <param name="Asked">Whether it is copied at all, which the kernel finds out; null for yes.</param>
    /// <param name="IsShared">Whether tiles find it by the same arithmetic when it is not.</param>
    /// <param name="Blocks">How many parts of the reduced loop are copied one after the other.</param>
    /// <param name="BlockDepth">The length of such a part.</param>
    /// <param name="Room">The elements of the panels of one block of columns.</param>
    private sealed record Panels(Value? Asked, bool IsShared, Value Blocks, Value BlockDepth, Value Room);

    /// <summary>Whether and how the right factor is packed; null when it is read where it lies.</summary>
    private Panels? FindPanels()
    {
        Value? asked = null;
        if (RightIsReadable())
        {
            var bytes = DenseElementsAttr.ElementSize(_contraction.Accumulator);
            var small = _options.SecondCacheBytes / UnpackedPart / bytes;
            var elements = _emit.Mul(_columns, _depth);
            if (Known(_rows) < LeastPackedRows || Known(elements) <= small)
            {
                return null;
            }

            if (Known(_rows) is null || Known(elements) is null)
            {
                asked = _emit.And(
                    _emit.Less(_emit.Index(LeastPackedRows - 1), _rows),
                    _emit.Less(_emit.Index(small), elements)
                );
            }
        }

        var isShared = asked is not null && RightIsPlain();
        var depth = PanelRows(_emit, _depth);
        var blocks = _emit.Max(_emit.Index(1), _emit.CeilDiv(depth, _emit.Index(_tile.Depth)));
        var blockDepth = _emit.Max(_emit.Index(1), _emit.CeilDiv(depth, blocks));
        var width = _emit.Index(_tile.Columns);
        var panels = _emit.CeilDiv(_emit.Min(_columns, _emit.Index(_tile.BlockColumns)), width);
        var room = _emit.Mul(_emit.Mul(panels, width), blockDepth);
        if (isShared)
        {
            var one = _emit.Index(1);
            blocks = _emit.Select(asked!, blocks, one);
            blockDepth = _emit.Select(asked!, blockDepth, _emit.Max(one, depth));
            room = _emit.Select(asked!, room, _emit.Index(0));
        }

        return new Panels(asked, isShared, blocks, blockDepth, room);
    }

    /// <summary>Memory for panels; null when it is made where it is needed, or not at all.</summary>
    private Value? Allocate(Emitter emit, Panels? panels) =>
        panels is null or { Asked: not null, IsShared: false }
            ? null
            : emit.Alloc(
                MemRefType.Get([Known(panels.Room) ?? ShapedType.Dynamic], _contraction.Accumulator),
                panels.Room.ConstInt is null ? [panels.Room] : []
            );

    private static void Free(Emitter emit, Value? memory)
    {
        if (memory is not null)
        {
            emit.Dealloc(memory);
        }
    }

    /// <summary>Panels of a block of columns, packed as deep as fits the cache, and then the tiles that read them.</summary>
    private void EmitPackedBlock(Emitter emit, Panels panels, Value packed, Value memory, Value[] outer, Block block)
    {
        var depth = PanelRows(emit, _depth);
        Each(
            emit,
            panels.Blocks,
            (d, number) =>
            {
                var from = d.Mul(number, panels.BlockDepth);
                var to = d.Min(d.Add(from, panels.BlockDepth), depth);
                var one = panels.Blocks.ConstInt == 1;
                var first = one ? null : d.Equal(number, d.Index(0));
                var last = one ? null : d.Equal(number, d.Sub(panels.Blocks, d.Index(1)));
                if (panels.Asked is null)
                {
                    EmitPacking(d, outer, packed, block.Left, block.Right, from, to);
                }
                else
                {
                    d.If(
                        panels.Asked,
                        [],
                        e =>
                        {
                            EmitPacking(e, outer, packed, block.Left, block.Right, from, to);
                            return [];
                        }
                    );
                }

                ForPanels(
                    d,
                    block,
                    (e, row, count) =>
                        EmitRowOfTiles(
                            e,
                            new Stripe(outer, row, count, block.Left, block.Right, from, to, first, last, _pairs),
                            (tile, column, mask) =>
                                PanelReader(tile, panels, memory, outer, column, mask, block.Left, from, to)
                        )
                );
            }
        );
    }

    /// <summary>Reads vectors of a tile from its panel, or from where the right factor lies by the same steps.</summary>
    // Panels are of whole tiles, one after the other, each with its rows one below the other.
    private RightReader PanelReader(
        Emitter tile,
        Panels panels,
        Value memory,
        Value[] outer,
        Value column,
        Value? mask,
        Value begin,
        Value from,
        Value to
    )
    {
        var step = tile.Index(_tile.Columns);
        var offset = tile.Sub(column, begin);
        var within = tile.Rem(offset, step);
        var above = tile.Mul(tile.Sub(offset, within), tile.Sub(to, from));
        var start = tile.Add(tile.Sub(above, tile.Mul(from, step)), within);
        if (panels.Asked is { } asked)
        {
            var (plainStart, plainStep) = PlainRight(tile, outer, column);
            (start, step) = (tile.Select(asked, start, plainStart), tile.Select(asked, step, plainStep));
        }

        return (emit, k, vector) =>
        {
            var at = emit.Add(emit.Add(start, emit.Index(vector * _tile.Lanes)), emit.Mul(k, step));

            // Panels are filled up with zeros; where the right factor lies, the rest is not ours.
            return mask is null || panels.Asked is null
                ? emit.VectorLoad(_vector, memory, [at])
                : emit.MaskedLoad(memory, [at], mask, emit.Constant(Splat(Zero())));
        };
    }

    /// <summary>Whether the right factor is one array as it lies, in the type of the sums, with one loop to add along.</summary>
    private bool RightIsPlain() =>
        _contraction.Reduced.Length == 1
        && _contraction.Right is BlockArgument argument
        && ReferenceEquals(argument.ParentBlock, _op.BodyBlock)
        && argument.Type == _contraction.Accumulator
        && _op.Operands[argument.Index].Type is MemRefType;

    /// <summary>The right factor's elements as one row.</summary>
    private Value FlatRight(Emitter emit)
    {
        var source = _op.Operands[((BlockArgument)_contraction.Right).Index];
        var type = (MemRefType)source.Type;
        var all = ArrayAttr.Get([.. Enumerable.Range(0, type.Rank).Select(d => IntegerAttr.Get(IntegerType.I64, d))]);
        var count = type.HasStaticShape ? type.ElementCount : ShapedType.Dynamic;
        var flat = emit.Insert(
            new CollapseShapeOp(emit.Location, source, ArrayAttr.Get(all), MemRefType.Get([count], type.ElementType))
        ).Result;
        var open = MemRefType.Get([ShapedType.Dynamic], type.ElementType);
        return flat.Type == open ? flat : emit.Insert(new CastOp(emit.Location, flat, open)).Dest;
    }

    /// <summary>Where, among all elements, the right factor's row 0 has <paramref name="column"/>, and how far it is to the next row.</summary>
    private (Value Start, Value Step) PlainRight(Emitter emit, Value[] outer, Value column)
    {
        var argument = (BlockArgument)_contraction.Right;
        var source = _op.Operands[argument.Index];
        var map = _op.MapOf(argument.Index);
        var at = Subscripts(emit, outer, null, emit.Index(0), column);
        var (start, stride, step) = (emit.Index(0), emit.Index(1), emit.Index(1));
        for (var dim = map.Results.Count - 1; dim >= 0; dim--)
        {
            var loop = ((AffineDimExpr)map.Results[dim]).Position;
            if (loop == _contraction.Reduced[0])
            {
                step = stride;
            }
            else
            {
                start = emit.Add(start, emit.Mul(at[loop], stride));
            }

            stride = emit.Mul(stride, emit.MemRefDim(source, dim));
        }

        return (start, step);
    }

    /// <summary>Copies the right factor, rows <paramref name="from"/> … <paramref name="to"/>, into panels as wide as a tile.</summary>
    private void EmitPacking(Emitter emit, Value[] outer, Value packed, Value begin, Value end, Value from, Value to)
    {
        var width = emit.Index(_tile.Columns);
        var height = emit.Sub(to, from);
        var readable = RightIsVectorizable();
        Each(
            emit,
            emit.CeilDiv(emit.Sub(end, begin), width),
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
                                    PackedRight(i, outer, k, at, mask),
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
                                var value = InPairs(
                                    e,
                                    k,
                                    isPadded: true,
                                    (pair, one) =>
                                        LoadScalar(pair, _contraction.Right, Subscripts(pair, outer, null, one, at))
                                );
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
