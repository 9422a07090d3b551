using Mlir.Dialects.Gpu;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Products of matrices.</summary>
/// <remarks>
/// A block computes 64 × 64 elements of the result, each of its threads 4 × 4 of them in registers. Pieces of both factors, 16 products deep, lie
/// in memory that the block shares. Products are added in the order of the reduced loop, each rounded once with its sum: the CPU's bits.
/// </remarks>
internal sealed partial class KernelNest
{
    private const int Tile = 64;
    private const int Depth = 16;
    private const int PerThread = 4;
    private const int Across = Tile / PerThread;

    /// <summary>One more than a row of a tile, so that neighbouring rows lie in different banks.</summary>
    private const int Pitch = Tile + 1;

    /// <summary>Whether a contraction is a product of two matrices, or of stacks of them, whose pieces can be shared.</summary>
    private bool IsProductOfMatrices(Contraction product) =>
        product is { Rows.Length: 1, Columns.Length: 1, Reduced.Length: 1 }
        && _op.Inputs.Count == 2
        && _canWait
        && !_op.BodyBlock.Operations.Any(o => o is IndexOp)
        && Enumerable
            .Range(0, 2)
            .All(i =>
                _op.Operands[i].Type is MemRefType { ElementType: FloatType or IntegerType { Width: >= 8 } }
                && _op.MapOf(i).IsProjectedPermutation
                && _op.MapOf(i).Results.Count > 0
            );

    private void EmitProduct(Contraction product)
    {
        var (row, column, depth) = (product.Rows[0], product.Columns[0], product.Reduced[0]);
        var (rowTiles, columnTiles) = (
            _host.CeilDiv(_sizes[row], _host.Index(Tile)),
            _host.CeilDiv(_sizes[column], _host.Index(Tile))
        );
        Value[] counts = [.. product.Batch.Select(d => _sizes[d]), rowTiles, columnTiles];
        var tiles = _host.Product(counts);
        MemRefType[] shared =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(i =>
                    MemRefType.Get(
                        [Depth * Pitch],
                        ((MemRefType)_op.Operands[i].Type).ElementType,
                        memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup)
                    )
                ),
        ];
        Kernel.Launch(
            _host,
            e => e.Min(tiles, e.Index(Kernel.MaxBlocks)),
            Kernel.Threads,
            (e, ids) =>
                e.For(
                    ids.Block,
                    tiles,
                    ids.Blocks,
                    [],
                    (inside, number, _) =>
                    {
                        var at = inside.Delinearize(number, counts);
                        var ivs = Scatter(product.Batch, at[..^2]);
                        ivs[row] = inside.Mul(at[^2], inside.Index(Tile));
                        ivs[column] = inside.Mul(at[^1], inside.Index(Tile));
                        EmitTile(inside, ids, ivs, row, column, depth);
                        return [];
                    }
                ),
            shared
        );
    }

    private void EmitTile(Emitter e, KernelIds ids, Value[] first, int row, int column, int depth)
    {
        var (down, across) = (e.Div(ids.Thread, e.Index(Across)), e.Rem(ids.Thread, e.Index(Across)));
        var outputs = new List<Value[]>();
        for (var i = 0; i < PerThread * PerThread; i++)
        {
            var ivs = (Value[])first.Clone();
            ivs[row] = e.Add(first[row], e.Add(down, e.Index(i / PerThread * Across)));
            ivs[column] = e.Add(first[column], e.Add(across, e.Index(i % PerThread * Across)));
            outputs.Add(ivs);
        }

        // What lies outside is computed from some elements inside and never written.
        var before = outputs
            .Select(ivs =>
            {
                var inside = (Value[])ivs.Clone();
                inside[row] = Clamp(e, ivs[row], _sizes[row]);
                inside[column] = Clamp(e, ivs[column], _sizes[column]);
                return e.Load(_op.Outputs[0], ScalarBody.Subscripts(e, _op.OutputMap(0), inside));
            })
            .ToArray();
        var after = e.For(
            e.Index(0),
            _sizes[depth],
            e.Index(Depth),
            before,
            (piece, start, sums) =>
            {
                for (var i = 0; i < 2; i++)
                {
                    EmitSharedPiece(piece, ids, i, first, start, row, column, depth);
                }

                piece.Insert(new BarrierOp(piece.Location));
                var next = piece.For(
                    piece.Index(0),
                    piece.Min(piece.Index(Depth), piece.Sub(_sizes[depth], start)),
                    piece.Index(1),
                    sums,
                    (step, k, carried) => EmitProducts(step, ids, k, carried, down, across, row)
                );
                piece.Insert(new BarrierOp(piece.Location));
                return next;
            }
        );
        for (var i = 0; i < after.Length; i++)
        {
            var (ivs, value) = (outputs[i], after[i]);
            e.If(
                e.And(e.Less(ivs[row], _sizes[row]), e.Less(ivs[column], _sizes[column])),
                [],
                inside =>
                {
                    Store(inside, ivs, [value]);
                    return [];
                }
            );
        }
    }

    /// <summary>Brings a piece of a factor into shared memory: neighbouring threads read neighbouring elements.</summary>
    private void EmitSharedPiece(
        Emitter e,
        KernelIds ids,
        int input,
        Value[] first,
        Value start,
        int row,
        int column,
        int depth
    )
    {
        var map = _op.MapOf(input);
        var along = map.Results.Any(r => Mentions(r, row)) ? row : column;
        var deepest = Mentions(map.Results[^1], depth);
        for (var i = 0; i < Tile * Depth; i += Kernel.Threads)
        {
            var number = e.Add(ids.Thread, e.Index(i));
            var width = e.Index(deepest ? Depth : Tile);
            var (fast, slow) = (e.Rem(number, width), e.Div(number, width));
            var (k, line) = deepest ? (fast, slow) : (slow, fast);
            var ivs = (Value[])first.Clone();
            ivs[along] = Clamp(e, e.Add(first[along], line), _sizes[along]);
            ivs[depth] = Clamp(e, e.Add(start, k), _sizes[depth]);
            var value = e.Load(_op.Operands[input], ScalarBody.Subscripts(e, map, ivs));
            e.Store(value, ids.Shared[input], [e.Add(e.Mul(k, e.Index(Pitch)), line)]);
        }
    }

    private Value[] EmitProducts(Emitter e, KernelIds ids, Value k, Value[] sums, Value down, Value across, int row)
    {
        var line = e.Mul(k, e.Index(Pitch));
        var elements = new Value[2][];
        for (var input = 0; input < 2; input++)
        {
            var isRow = _op.MapOf(input).Results.Any(r => Mentions(r, row));
            elements[input] =
            [
                .. Enumerable
                    .Range(0, PerThread)
                    .Select(i =>
                        e.Load(ids.Shared[input], [e.Add(line, e.Add(isRow ? down : across, e.Index(i * Across)))])
                    ),
            ];
        }

        var rowInput = _op.MapOf(0).Results.Any(r => Mentions(r, row)) ? 0 : 1;
        return
        [
            .. sums.Select(
                (sum, i) =>
                {
                    var (left, right) = (elements[rowInput][i / PerThread], elements[1 - rowInput][i % PerThread]);
                    Value[] arguments = rowInput == 0 ? [left, right, sum] : [right, left, sum];
                    return e.InlineBody(_op.BodyBlock, arguments)[0];
                }
            ),
        ];
    }

    private static Value Clamp(Emitter e, Value position, Value size) => e.Min(position, e.Sub(size, e.Index(1)));
}
