using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Operations that read an array at several places near each other: stencils, and windows of known size that slide over an array.</summary>
/// <remarks>
/// A block computes a tile of the outputs. It reads what all of its places need, which is a little more than the tile, once into shared memory: whole rows of
/// <see cref="StencilTile.Pitch"/> elements, not beyond the array.
/// </remarks>
internal sealed partial class KernelNest
{
    /// <summary>Windows of no more elements are gone through without loops.</summary>
    private const int MostUnrolledTaps = 9;

    private StencilTile? FindStencil() =>
        _canWait
        && ParallelLoops.Length > 0
        && FastestLoop(_op.OutputMap(0)) is { } fast
        && Enumerable.Range(0, _op.Outputs.Count).All(i => FastestLoop(_op.OutputMap(i)) == fast)
            ? StencilTile.Find(_op, _sizes, fast)
            : null;

    private void EmitStencil(StencilTile tile)
    {
        Value[][] sizes =
        [
            .. tile.Pieces.Select(p =>
                Enumerable.Range(0, p.Least.Length).Select(d => _host.MemRefDim(p.Array, d)).ToArray()
            ),
        ];
        ForEachTile(
            tile.Slow is { } slow ? [(slow, tile.Rows), (tile.Fast, tile.Columns)] : [(tile.Fast, tile.Columns)],
            (e, ids, first) => EmitStencilTile(e, ids, first, tile, sizes),
            [.. tile.Pieces.Select(p => SharedOf(tile.RowsOf(p) * tile.Pitch, p.Element))]
        );
    }

    private void EmitStencilTile(Emitter e, KernelIds ids, Value[] first, StencilTile tile, Value[][] sizes)
    {
        for (var i = 0; i < tile.Pieces.Length; i++)
        {
            var piece = tile.Pieces[i];
            var start = piece
                .Reads[0]
                .At.Select((subscript, d) => e.Add(subscript.Emit(e, first), e.Index(piece.Least[d])))
                .ToArray();
            var ends = sizes[i].Select(size => e.Sub(size, e.Index(1))).ToArray();
            Bring(
                e,
                ids.Thread,
                tile.RowsOf(piece),
                tile.Pitch,
                (row, column) =>
                {
                    var at = (Value[])start.Clone();
                    Move(piece.Across, column);
                    if (piece.Down >= 0)
                    {
                        Move(piece.Down, row);
                    }

                    return e.Load(piece.Array, at);

                    void Move(int dimension, Value by) =>
                        at[dimension] = e.Min(e.Add(at[dimension], by), ends[dimension]);
                },
                ids.Shared[i],
                tile.Pitch
            );
        }

        e.Insert(new BarrierOp(e.Location));
        var columns = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)tile.Columns);
        e.For(
            e.Index(0),
            e.Index(((tile.Rows * columns) + Kernel.Threads - 1) / Kernel.Threads),
            e.Index(1),
            [],
            (each, turn, _) =>
            {
                var (row, column) = PlaceOf(each, ids.Thread, columns, turn);
                var ivs = (Value[])first.Clone();
                ivs[tile.Fast] = each.Add(first[tile.Fast], column);
                var isInside = each.And(
                    each.Less(column, each.Index(tile.Columns)),
                    each.Less(ivs[tile.Fast], _sizes[tile.Fast])
                );
                if (tile.Slow is { } slow)
                {
                    ivs[slow] = each.Add(first[slow], row);
                    isInside = each.And(isInside, each.Less(ivs[slow], _sizes[slow]));
                    if (tile.Rows * columns % Kernel.Threads != 0)
                    {
                        isInside = each.And(isInside, each.Less(row, each.Index(tile.Rows)));
                    }
                }

                each.If(
                    isInside,
                    [],
                    inside =>
                    {
                        EmitStencilPlace(inside, ids, tile, row, column, ivs);
                        return [];
                    }
                );
                return [];
            }
        );
        e.Insert(new BarrierOp(e.Location));
    }

    private void EmitStencilPlace(Emitter e, KernelIds ids, StencilTile tile, Value row, Value column, Value[] ivs)
    {
        var reduced = ReducedLoops;
        if (reduced.Length == 0)
        {
            Store(e, ivs, ScalarBody.Emit(e, _op, ivs, given: Elements(e, ivs)));
            return;
        }

        var before = Before(e, ivs);
        var isShort =
            reduced.All(d => _sizes[d].ConstInt <= MostUnrolledTaps)
            && reduced.Aggregate(1L, (taps, d) => taps * (long)_sizes[d].ConstInt!.Value) <= MostUnrolledTaps;
        var after = isShort
            ? Unroll(reduced, ivs, before)
            : Nest(
                e,
                reduced,
                ivs,
                before,
                (inside, all, carried) => ScalarBody.Emit(inside, _op, all, carried, Elements(inside, all))
            );
        Store(e, ivs, after);

        Value[] Unroll(int[] loops, Value[] at, Value[] values)
        {
            if (loops.Length == 0)
            {
                return ScalarBody.Emit(e, _op, at, values, Elements(e, at));
            }

            for (var i = 0L; i < (long)_sizes[loops[0]].ConstInt!.Value; i++)
            {
                var inner = (Value[])at.Clone();
                inner[loops[0]] = e.Index(i);
                values = Unroll(loops[1..], inner, values);
            }

            return values;
        }

        Dictionary<Value, Value> Elements(Emitter inside, Value[] at)
        {
            var elements = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
            for (var i = 0; i < tile.Pieces.Length; i++)
            {
                var piece = tile.Pieces[i];
                foreach (var read in piece.Reads)
                {
                    var place = Along(inside, piece, read, piece.Across, tile.Fast, column, at);
                    if (piece.Down >= 0)
                    {
                        var down = Along(inside, piece, read, piece.Down, tile.Slow!.Value, row, at);
                        place = inside.Add(inside.Mul(down, inside.Index(tile.Pitch)), place);
                    }

                    elements[_op.BodyBlock.Arguments[read.Input]] = inside.Load(ids.Shared[i], [place]);
                }
            }

            return elements;
        }

        // Where an element lies in its part, along one dimension: what the tile's place adds, what the window adds, what the read adds.
        Value Along(
            Emitter inside,
            StencilPiece piece,
            StencilRead read,
            int dimension,
            int loop,
            Value place,
            Value[] at
        )
        {
            var only = new Value?[at.Length];
            foreach (var d in reduced)
            {
                only[d] = at[d];
            }

            only[loop] = place;
            var subscript = read.At[dimension] with { Known = null };
            return inside.Add(subscript.Emit(inside, only), inside.Index(subscript.Constant - piece.Least[dimension]));
        }
    }
}
