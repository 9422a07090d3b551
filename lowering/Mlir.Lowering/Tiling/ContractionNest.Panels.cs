using Mlir.IR;

namespace Mlir.Lowering;

/// <content>The way from a product to rows of tiles: blocks of columns and rows, panels of rows.</content>
internal sealed partial class ContractionNest
{
    // Products with so few rows have tiles of their own.
    private const int FewRows = 2;

    // A part of the rows must pay for packing its block of columns, or at least for being handed to a thread.
    private const long LeastPackedPart = 128;
    private const long LeastPlainPart = 16;

    /// <summary>The part of the output that one thread computes at a time.</summary>
    /// <param name="Left">The first column.</param>
    /// <param name="Right">The column after the last.</param>
    /// <param name="Top">The first row.</param>
    /// <param name="Bottom">The row after the last.</param>
    private readonly record struct Block(Value Left, Value Right, Value Top, Value Bottom);

    /// <summary>Blocks of columns, cut into parts of the rows where there are few: each packs for itself, so that nobody waits for another.</summary>
    /// <param name="emit">Where the loops go.</param>
    /// <param name="panels">How the right factor is packed; null when it is not.</param>
    /// <param name="packed">Memory for panels; null when blocks bring their own.</param>
    /// <param name="outer">The values of the outer loops.</param>
    /// <param name="parallel">Whether threads may share the blocks.</param>
    private void EmitBlocks(Emitter emit, Panels? panels, Value? packed, Value[] outer, bool parallel)
    {
        parallel &= !(Known(emit.Mul(emit.Mul(_rows, _columns), _depth)) <= SharedProducts);
        var width = emit.Index(_tile.BlockColumns);
        var blocks = emit.CeilDiv(_columns, width);
        var (parts, partRows) = parallel ? RowParts(emit, panels, blocks) : (emit.Index(1), _rows);
        var count = emit.Mul(blocks, parts);
        if (!parallel)
        {
            Some(emit, emit.Index(0), count);
            return;
        }

        var work = emit.Mul(emit.Mul(partRows, emit.Min(_columns, width)), _depth);
        emit.ForChunks(count, ChunkOf(emit, count, work), 1, Some);

        void Some(Emitter e, Value begin, Value end)
        {
            var own = packed ?? Allocate(e, panels);
            var memory = panels?.Asked is { } asked
                ? e.If(asked, [own!.Type], _ => [own!], i => [FlatRight(i)])[0]
                : own;
            Loop(
                e,
                begin,
                end,
                e.Index(1),
                (i, number) =>
                {
                    var one = parts.ConstInt == 1;
                    var left = i.Mul(one ? number : i.Div(number, parts), width);
                    var top = one ? i.Index(0) : i.Mul(i.Rem(number, parts), partRows);
                    var block = new Block(
                        left,
                        i.Min(i.Add(left, width), _columns),
                        top,
                        one ? _rows : i.Min(i.Add(top, partRows), _rows)
                    );
                    if (panels is null)
                    {
                        EmitPlainBlock(i, outer, block);
                    }
                    else
                    {
                        EmitPackedBlock(i, panels, own!, memory!, outer, block);
                    }
                }
            );
            if (packed is null)
            {
                Free(e, own);
            }
        }
    }

    /// <summary>How many parts the rows are cut into, and how many whole tiles' rows each has.</summary>
    private (Value Parts, Value Rows) RowParts(Emitter emit, Panels? panels, Value blocks)
    {
        var (one, rows) = (emit.Index(1), emit.Index(_tile.Rows));
        var plain = emit.Index(LeastPlainPart);
        var least = panels switch
        {
            null => plain,
            { Asked: { } asked } => emit.Select(asked, emit.Index(LeastPackedPart), plain),
            _ => emit.Index(LeastPackedPart),
        };
        var wanted = emit.CeilDiv(emit.Index(_options.Pieces), emit.Max(one, blocks));
        var parts = emit.Max(one, emit.Min(wanted, emit.Div(_rows, least)));
        var partRows = emit.Mul(emit.Max(one, emit.CeilDiv(emit.CeilDiv(_rows, parts), rows)), rows);
        return (emit.CeilDiv(_rows, partRows), partRows);
    }

    private void EmitPlainBlock(Emitter emit, Value[] outer, Block block) =>
        ForPanels(
            emit,
            block,
            (e, row, rows) =>
                EmitRowOfTiles(
                    e,
                    new Stripe(outer, row, rows, block.Left, block.Right, e.Index(0), _depth, null, null, false),
                    (tile, column, mask) =>
                        (inner, k, vector) =>
                            LoadRight(inner, outer, k, inner.Add(column, inner.Index(vector * _tile.Lanes)), mask)
                )
        );

    /// <summary>Panels of a block's rows.</summary>
    private void ForPanels(Emitter emit, Block block, Action<Emitter, Value, int> body) =>
        Loop(emit, block.Top, block.Bottom, emit.Index(_tile.Rows), (e, row) => EmitPanel(e, row, body));

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
