using Mlir.IR;

namespace Mlir.Lowering;

/// <content>The way from a product to rows of tiles: blocks of columns, panels of rows.</content>
internal sealed partial class ContractionNest
{
    // Products with so few rows have tiles of their own.
    private const int FewRows = 2;

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
                    new Stripe(outer, row, rows, begin, end, e.Index(0), _depth, null, null, false),
                    (tile, column, mask) =>
                        (inner, k, vector) =>
                            LoadRight(inner, outer, k, inner.Add(column, inner.Index(vector * _tile.Lanes)), mask)
                )
        );

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

        // Where fewer rows are left, the last one is computed more than once: two sizes of tiles keep the code short.
        if (_tile.Rows <= FewRows)
        {
            body(emit, row, _tile.Rows);
            return;
        }

        emit.If(
            emit.Less(emit.Index(FewRows), emit.Sub(_rows, row)),
            [],
            e =>
            {
                body(e, row, _tile.Rows);
                return [];
            },
            e =>
            {
                body(e, row, FewRows);
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
    /// <param name="InPairs">Whether the reduced loop goes over pairs of products.</param>
    private sealed record Stripe(
        Value[] Outer,
        Value Row,
        int Rows,
        Value Begin,
        Value End,
        Value From,
        Value To,
        Value? First,
        Value? Last,
        bool InPairs
    );

    /// <summary>Reads a vector of the right factor in row <paramref name="k"/>, some vectors right of the tile's first column.</summary>
    private delegate Value RightReader(Emitter emit, Value k, int vector);

    /// <summary>Tiles of full width, then single vectors under a mask.</summary>
    private void EmitRowOfTiles(Emitter emit, Stripe stripe, Func<Emitter, Value, Value?, RightReader> right)
    {
        var at = stripe.Begin;
        if (_tile.Vectors > 1)
        {
            var width = emit.Index(_tile.Columns);
            var end = emit.Add(at, emit.Mul(emit.Div(emit.Sub(stripe.End, at), width), width));
            Loop(emit, at, end, width, (e, column) => EmitTile(e, stripe, column, _tile.Vectors, null, right));
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
                    right
                )
        );
    }
}
