using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.Dialects.Nvgpu;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// A kernel whose blocks compute a tile of the result each: pieces of both factors come into shared memory while the ones before them are multiplied, sums
/// stay in registers, and go through shared memory to threads that finish and write neighbours.
/// </summary>
/// <param name="product">The product.</param>
/// <param name="tile">A block's share.</param>
/// <param name="wide">Whether rows of the arrays are aligned, so that copies bring whole units.</param>
internal abstract class ProductKernel(MatrixProduct product, ProductTile tile, bool wide)
{
    /// <summary>More in a row of finished sums than columns, so that rows lie in different banks.</summary>
    private const int Pad = 8;

    /// <summary>The most memory that a kernel can declare; more is asked for by the launch.</summary>
    private const int MostDeclaredBytes = 48 << 10;

    /// <summary>Where memory that the launch asks for begins: patterns of the tensor cores repeat after as many bytes.</summary>
    private const int Alignment = SharedPiece.BankBytes * SharedPiece.PatternRows;

    private readonly ProductGrid _grid = new(product, tile.Rows, tile.Columns);

    protected MatrixProduct Product { get; } = product;

    protected ProductTile Tile { get; } = tile;

    /// <summary>The left factor's pieces.</summary>
    protected abstract SharedPiece Left { get; }

    /// <summary>The right factor's pieces.</summary>
    protected abstract SharedPiece Right { get; }

    /// <summary>The type of the sums in registers.</summary>
    protected abstract IrType Sum { get; }

    /// <summary>In how many parts finished sums go through shared memory.</summary>
    protected abstract int Parts { get; }

    /// <summary>Whether the sums may take part in products of zeros beyond the end.</summary>
    protected abstract bool CanAddZeros { get; }

    /// <summary>Where the sums of a thread lie: which part, and the row in that part and the column in the tile.</summary>
    protected abstract (int Part, Value Row, Value Column)[] Places(Emitter e, Value thread);

    /// <summary>The row in the tile of a row of a part.</summary>
    protected abstract Value RowOf(Emitter e, int part, Value row);

    /// <summary>Multiplies pieces and adds them to a thread's sums.</summary>
    /// <param name="e">Where.</param>
    /// <param name="thread">The thread's number.</param>
    /// <param name="left">All pieces of the left factor, and where this one begins.</param>
    /// <param name="right">All pieces of the right factor, and where this one begins.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="depth">How many products of each sum; null for all of the piece.</param>
    /// <param name="meanwhile">Emits what may be done while the products are under way, or before.</param>
    protected abstract Value[] Multiply(
        Emitter e,
        Value thread,
        (Value View, Value Start) left,
        (Value View, Value Start) right,
        Value[] sums,
        Value? depth,
        Action meanwhile
    );

    /// <summary>What copies have brought, and what threads have written there, is complete; emits what it takes for the products to see it.</summary>
    protected virtual void Publish(Emitter e) { }

    private int StagedRows => Tile.Rows / Parts;

    private int StagedPitch => Tile.Columns + Pad;

    /// <summary>Launches it, without blocks where <paramref name="condition"/> does not hold.</summary>
    public void Launch(Value? condition)
    {
        var pieces = Tile.Stages * (Left.Bytes + Right.Bytes);
        var bytes = Math.Max(pieces, StagedRows * StagedPitch * DenseElementsAttr.ElementSize(Sum));
        if (bytes <= MostDeclaredBytes)
        {
            _grid.Launch(condition, Tile.Threads, 0, EmitTile, Shared(bytes));
        }
        else
        {
            _grid.Launch(condition, Tile.Threads, bytes + Alignment, EmitTile);
        }
    }

    private static MemRefType Shared(long bytes) =>
        MemRefType.Get([bytes], IntegerType.I8, memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup));

    /// <summary>The memory that the launch asked for, from its first aligned byte on.</summary>
    private static Value Aligned(Emitter e)
    {
        var all = e.Insert(new DynamicSharedMemoryOp(e.Location, Shared(ShapedType.Dynamic))).Result;
        var above = e.Rem(e.AddressOf(all), e.Index(Alignment));
        var start = e.Rem(e.Sub(e.Index(Alignment), above), e.Index(Alignment));
        return e.Insert(new ViewOp(e.Location, all, start, [e.Index(0)], Shared(ShapedType.Dynamic))).Result;
    }

    private void EmitTile(Emitter e, KernelIds ids, Value[] first)
    {
        var (thread, memory) = (ids.Thread, ids.Shared is [var declared] ? declared : Aligned(e));
        var left = Left.View(e, memory, 0);
        var right = Right.View(e, memory, Tile.Stages * Left.Bytes);
        var places = Places(e, thread);
        var sums = places.Select(place => Initial(e, first, place)).ToArray();
        var group = (Value?)null;
        for (var stage = 0; stage < Tile.Stages - 1; stage++)
        {
            group = Fetch(e, e.Index(stage), e.Index(stage * Tile.Depth));
        }

        Wait(e, group, Tile.Stages - 2);
        var depth = Product.Sizes[Product.Depth];
        var whole = CanAddZeros ? e.CeilDiv(depth, e.Index(Tile.Depth)) : e.Div(depth, e.Index(Tile.Depth));
        var results = e.For(
            e.Index(0),
            whole,
            e.Index(1),
            [.. sums, e.Index(0), e.Index(Tile.Stages - 1)],
            (inside, step, carried) =>
            {
                var (now, free) = (carried[^2], carried[^1]);
                inside.Insert(new BarrierOp(inside.Location));
                var ahead = inside.Add(step, inside.Index(Tile.Stages - 1));
                Value? latest = null;
                var next = Add(
                    inside,
                    now,
                    carried[..^2],
                    null,
                    () => latest = Fetch(inside, free, inside.Mul(ahead, inside.Index(Tile.Depth)))
                );
                Wait(inside, latest, Tile.Stages - 2);
                return [.. next, Next(inside, now), Next(inside, free)];
            }
        );
        sums = results[..^2];
        if (!CanAddZeros)
        {
            e.Insert(new BarrierOp(e.Location));
            sums = Add(e, results[^2], sums, e.Sub(depth, e.Mul(whole, e.Index(Tile.Depth))), static () => { });
        }

        Wait(e, group is null ? null : Group(e, []), 0);
        EmitFinish(e, thread, memory, first, places, sums);

        Value? Fetch(Emitter inside, Value stage, Value start)
        {
            List<Value> copied =
            [
                .. Left.Fetch(inside, thread, left, stage, first, start, Product.Sizes, wide),
                .. Right.Fetch(inside, thread, right, stage, first, start, Product.Sizes, wide),
            ];
            return copied.Count > 0 ? Group(inside, copied) : null;
        }

        Value[] Add(Emitter inside, Value stage, Value[] before, Value? count, Action meanwhile) =>
            Multiply(
                inside,
                thread,
                (left, inside.Mul(stage, inside.Index(Left.Count))),
                (right, inside.Mul(stage, inside.Index(Right.Count))),
                before,
                count,
                meanwhile
            );
    }

    private static Value Group(Emitter e, List<Value> copies) =>
        e.Insert(new DeviceAsyncCreateGroupOp(e.Location, copies.ToArray())).AsyncToken;

    /// <summary>Waits until at most so many of the latest groups of copies are under way.</summary>
    private void Wait(Emitter e, Value? latest, int groups)
    {
        if (latest is not null)
        {
            e.Insert(new DeviceAsyncWaitOp(e.Location, latest, numGroups: groups));
        }

        Publish(e);
    }

    private Value Next(Emitter e, Value stage)
    {
        var next = e.Add(stage, e.Index(1));
        return e.Select(e.Equal(next, e.Index(Tile.Stages)), e.Index(0), next);
    }

    private Value Initial(Emitter e, Value[] first, (int Part, Value Row, Value Column) place)
    {
        var ivs = _grid.At(e, first, RowOf(e, place.Part, place.Row), place.Column);
        var value = Product.Initial(e, _grid.Inside(e, ivs));
        return value.Type == Sum ? value : e.Insert(new Arith.ExtFOp(e.Location, value, Sum)).Out;
    }

    /// <summary>Part by part: threads write their sums to shared memory, then each finishes sums of one column.</summary>
    private void EmitFinish(
        Emitter e,
        Value thread,
        Value memory,
        Value[] first,
        (int Part, Value Row, Value Column)[] places,
        Value[] sums
    )
    {
        var staged = e.View(memory, 0, StagedRows * StagedPitch, Sum);
        var pitch = e.Index(StagedPitch);
        var columns = e.Index(Tile.Columns);
        var column = e.Rem(thread, columns);
        for (var part = 0; part < Parts; part++)
        {
            e.Insert(new BarrierOp(e.Location));
            for (var i = 0; i < sums.Length; i++)
            {
                if (places[i].Part == part)
                {
                    e.Store(sums[i], staged, [e.Add(e.Mul(places[i].Row, pitch), places[i].Column)]);
                }
            }

            e.Insert(new BarrierOp(e.Location));
            var number = part;
            e.For(
                e.Div(thread, columns),
                e.Index(StagedRows),
                e.Index(Tile.Threads / Tile.Columns),
                [],
                (inside, row, _) =>
                {
                    var ivs = _grid.At(inside, first, RowOf(inside, number, row), column);
                    _grid.Finish(
                        inside,
                        ivs,
                        there => Rounded(there, staged, there.Add(there.Mul(row, pitch), column))
                    );
                    return [];
                }
            );
        }

        e.Insert(new BarrierOp(e.Location));
    }

    private Value Rounded(Emitter e, Value staged, Value place)
    {
        var sum = e.Load(staged, [place]);
        return Sum == Product.Element ? sum : e.Insert(new Arith.TruncFOp(e.Location, sum, Product.Element)).Out;
    }
}
