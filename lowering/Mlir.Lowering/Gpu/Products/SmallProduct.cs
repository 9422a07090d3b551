using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A product of few elements, or of such that nothing larger takes.</summary>
/// <remarks>
/// A block computes 64 × 64 elements of the result, each of its threads 4 × 4 of them in registers. Pieces of both factors, 16 products deep, lie
/// in memory that the block shares.
/// </remarks>
/// <param name="product">The product.</param>
internal sealed class SmallProduct(MatrixProduct product)
{
    private const int Tile = 64;
    private const int Depth = 16;
    private const int PerThread = 4;
    private const int Across = Tile / PerThread;

    /// <summary>One more than a row of a tile, so that neighbouring rows lie in different banks.</summary>
    private const int Pitch = Tile + 1;

    private readonly ProductGrid _grid = new(product, Tile, Tile);
    private readonly ProductFactor[] _factors = [product.Left, product.Right];

    /// <summary>Launches it, without blocks where <paramref name="condition"/> does not hold.</summary>
    public void Launch(Value? condition) =>
        _grid.Launch(
            condition,
            Kernel.Threads,
            sharedBytes: 0,
            EmitTile,
            [
                .. _factors.Select(f =>
                    MemRefType.Get(
                        [Depth * Pitch],
                        f.Element,
                        memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup)
                    )
                ),
            ]
        );

    private void EmitTile(Emitter e, KernelIds ids, Value[] first)
    {
        var (down, across) = (e.Div(ids.Thread, e.Index(Across)), e.Rem(ids.Thread, e.Index(Across)));
        var places = (
            from i in Enumerable.Range(0, PerThread * PerThread)
            let row = e.Add(down, e.Index(i / PerThread * Across))
            let column = e.Add(across, e.Index(i % PerThread * Across))
            select _grid.At(e, first, row, column)
        ).ToArray();
        var before = places.Select(ivs => product.Initial(e, _grid.Inside(e, ivs))).ToArray();
        var size = product.Sizes[product.Depth];
        var after = e.For(
            e.Index(0),
            size,
            e.Index(Depth),
            before,
            (piece, start, sums) =>
            {
                for (var i = 0; i < 2; i++)
                {
                    Fetch(piece, ids, i, first, start);
                }

                piece.Insert(new BarrierOp(piece.Location));
                var next = piece.For(
                    piece.Index(0),
                    piece.Min(piece.Index(Depth), piece.Sub(size, start)),
                    piece.Index(1),
                    sums,
                    (step, k, carried) => Multiply(step, ids, k, carried, down, across)
                );
                piece.Insert(new BarrierOp(piece.Location));
                return next;
            }
        );
        for (var i = 0; i < after.Length; i++)
        {
            _grid.Finish(e, places[i], _ => after[i]);
        }
    }

    /// <summary>Brings a piece of a factor into shared memory: neighbouring threads read neighbouring elements.</summary>
    private void Fetch(Emitter e, KernelIds ids, int number, Value[] first, Value start)
    {
        var factor = _factors[number];
        for (var i = 0; i < Tile * Depth; i += Kernel.Threads)
        {
            var element = e.Add(ids.Thread, e.Index(i));
            var width = e.Index(factor.LastLoop == product.Depth ? Depth : Tile);
            var (fast, slow) = (e.Rem(element, width), e.Div(element, width));
            var (k, line) = factor.LastLoop == product.Depth ? (fast, slow) : (slow, fast);
            var ivs = (Value[])first.Clone();
            ivs[factor.Along] = e.Add(first[factor.Along], line);
            ivs[product.Depth] = e.Add(start, k);
            var value = factor.Load(e, _grid.Inside(e, ivs, factor.Along, product.Depth));
            e.Store(value, ids.Shared[number], [e.Add(e.Mul(k, e.Index(Pitch)), line)]);
        }
    }

    private Value[] Multiply(Emitter e, KernelIds ids, Value k, Value[] sums, Value down, Value across)
    {
        var line = e.Mul(k, e.Index(Pitch));
        var (rows, columns) = (Elements(0, down), Elements(1, across));
        return [.. sums.Select((sum, i) => product.Add(e, rows[i / PerThread], columns[i % PerThread], sum))];

        Value[] Elements(int factor, Value first) =>
            [
                .. Enumerable
                    .Range(0, PerThread)
                    .Select(i => e.Load(ids.Shared[factor], [e.Add(line, e.Add(first, e.Index(i * Across)))])),
            ];
    }
}
