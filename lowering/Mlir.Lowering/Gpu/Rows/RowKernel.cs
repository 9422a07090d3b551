using Mlir.Dialects.Arith;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>One kernel for a group of operations on rows.</summary>
/// <remarks>
/// A team of one to eight warps takes a row, the more the longer it is. What a later phase needs of each element lies in shared memory; rows
/// that are longer than it go through it in pieces, and each phase makes the elements again from what they were made of. All threads make elements,
/// 16 bytes at once where the rows allow it; the lanes of a reduction whose bits depend on the order are the team's first warp.
/// </remarks>
internal sealed partial class RowKernel
{
    /// <summary>What each processor lets a block share, less some for totals.</summary>
    private const int MostSharedBytes = 96 << 10;

    /// <summary>What longer rows go through in pieces of.</summary>
    private const int PieceBytes = 32 << 10;

    /// <summary>How many bytes of a row a warp takes alone.</summary>
    private const int WarpBytes = 4 << 10;

    /// <summary>Places in the memory of a row come in units of so many elements, a multiple of every number of lanes.</summary>
    private const int Unit = 64;

    private const int WarpShift = 5;
    private const int BlockShift = 8;

    /// <summary>From so many rows on there are enough for a warp each.</summary>
    private const int ManyRows = 4096;

    private readonly RowGroup _group;
    private readonly RowPlan _plan;
    private readonly Emitter _host;
    private readonly Value[] _outer;
    private readonly Value _rows;
    private readonly Value _length;
    private readonly int _width;
    private readonly List<Value> _temporaries;
    private readonly Dictionary<Value, Value> _flat = new(ReferenceEqualityComparer.Instance);

    public RowKernel(RowGroup group, RowPlan plan)
    {
        (_group, _plan, _temporaries) = (group, plan, group.FindTemporaries());
        _host = new Emitter(
            new OpBuilder(group.Members[^1]),
            Location.Fuse([.. group.Members.Select(m => m.Location)])
        );
        _outer = [.. Enumerable.Range(0, group.Outer).Select(l => _host.LoopSize(group.Members[0], l))];
        _rows = _host.Product(_outer);
        _length = _host.LoopSize(plan.Members.First(m => m.HasLoop).Op, group.Outer);
        foreach (var array in DenseArrays().Distinct<Value>(ReferenceEqualityComparer.Instance))
        {
            _flat[array] = _host.Flatten(array);
        }

        _width = _flat
            .Keys.Select(a => Bytes(((MemRefType)a.Type).ElementType))
            .DefaultIfEmpty(KernelNest.AccessBytes)
            .Max();
        _width = Math.Min(KernelNest.AccessBytes / _width, KernelNest.MaxUnroll);
    }

    /// <summary>Whether a block can keep whole rows.</summary>
    private bool KeepsAll => RowBytes == 0 || (_length.ConstInt is { } known && known <= MostElements);

    private int RowBytes => _plan.Slots.Sum(Bytes);

    private int MostElements => MostSharedBytes / Math.Max(1, RowBytes) / Unit * Unit;

    /// <summary>Puts the launch in the place of the last member.</summary>
    /// <param name="maxBlocks">More blocks than this are not launched.</param>
    public void Emit(int maxBlocks)
    {
        var shift = ChooseShift();
        var whole = _host.CeilDiv(_length, _host.Index(Unit));
        var units = KeepsAll ? whole : AtMost(_length, MostElements, whole, _host.Index(PieceBytes / RowBytes / Unit));
        var perBlock = _host.ShiftRight(_host.Index(Kernel.Threads), shift);
        var bytes = _host.Mul(_host.Mul(units, perBlock), _host.Index(Unit * RowBytes));
        Kernel.Launch(
            _host,
            _host.Min(_host.CeilDiv(_rows, perBlock), _host.Index(maxBlocks)),
            Kernel.Threads,
            RowBytes == 0 ? null : _host.Insert(new IndexCastOp(_host.Location, bytes, IntegerType.I32)).Out,
            (e, ids) => EmitRows(e, ids, shift, units),
            [.. Totals().Select(type => Shared([Kernel.Threads / Kernel.Warp], type))]
        );
        _group.Erase(_host, _temporaries);
    }

    /// <summary>The power of two of threads that take a row: more for long rows, and where there are too few rows for all warps.</summary>
    private Value ChooseShift()
    {
        Value Threads(int shift) => _host.Index(shift);
        var elements = WarpBytes / Math.Max(4, RowBytes);
        var byLength = Threads(BlockShift);
        var byRows = Threads(WarpShift);
        for (var shift = BlockShift - 1; shift >= WarpShift; shift--)
        {
            byLength = AtMost(_length, elements << (shift - WarpShift), Threads(shift), byLength);
        }

        for (var shift = WarpShift + 1; shift <= BlockShift; shift++)
        {
            byRows = AtMost(_rows, (ManyRows >> (shift - WarpShift - 1)) - 1, Threads(shift), byRows);
        }

        return AtMost(_length, Kernel.Warp * _width, Threads(WarpShift), _host.Max(byLength, byRows));
    }

    private Value AtMost(Value number, long limit, Value then, Value otherwise) =>
        number.ConstInt is { } known
            ? known <= limit
                ? then
                : otherwise
            : _host.Select(_host.Less(number, _host.Index(limit + 1)), then, otherwise);

    private void EmitRows(Emitter e, KernelIds ids, Value shift, Value units)
    {
        var threads = e.ShiftLeft(e.Index(1), shift);
        var within = e.And(ids.Thread, e.Sub(threads, e.Index(1)));
        var team = new Team(
            threads,
            within,
            e.ShiftRight(ids.Thread, shift),
            e.And(ids.Thread, e.Index(Kernel.Warp - 1)),
            e.ShiftRight(ids.Thread, e.Index(WarpShift)),
            e.Equal(shift, e.Index(WarpShift)),
            units,
            e.Mul(units, e.Index(Unit)),
            ids.Shared
        );
        var perBlock = e.ShiftRight(e.Index(Kernel.Threads), shift);
        var places = EmitPlaces(e, e.Mul(units, perBlock));
        e.For(
            e.Mul(ids.Block, perBlock),
            _rows,
            e.Mul(ids.Blocks, perBlock),
            [],
            (inside, first, _) =>
            {
                var number = inside.Add(first, team.Number);
                var isRow = inside.Less(number, _rows);
                new Row(this, team, places, number, isRow, inside.Delinearize(number, _outer)).Emit(inside);
                return [];
            }
        );
    }

    /// <summary>Where the elements of the block's rows are kept, one place after the other.</summary>
    private Value[] EmitPlaces(Emitter e, Value units)
    {
        if (RowBytes == 0)
        {
            return [];
        }

        var memory = e.Insert(new DynamicSharedMemoryOp(e.Location, Shared([ShapedType.Dynamic], IntegerType.I8)));
        var places = new Value[_plan.Slots.Count];
        var before = 0;
        for (var i = 0; i < places.Length; i++)
        {
            var type = _plan.Slots[i];
            var size = e.Mul(units, e.Index(Unit));
            places[i] = e.Insert(
                new ViewOp(
                    e.Location,
                    memory.Result,
                    e.Mul(units, e.Index(Unit * before)),
                    [size],
                    Shared([ShapedType.Dynamic], type)
                )
            ).Result;
            before += Bytes(type);
        }

        return places;
    }

    private static MemRefType Shared(long[] shape, IrType element) =>
        MemRefType.Get(shape, element, memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup));

    /// <summary>The types of the totals, phase after phase.</summary>
    private IEnumerable<IrType> Totals() => Reductions().Select(r => r.Member.Results[r.Output].Type);

    private IEnumerable<(RowMember Member, int Output)> Reductions() =>
        _plan.Members.SelectMany(m => Enumerable.Range(0, m.Combiners.Length).Select(i => (m, i)));

    /// <summary>Arrays in which rows lie one after the other.</summary>
    private IEnumerable<Value> DenseArrays() =>
        _plan
            .Values.Where(v => v.Maker is null && v.IsElement)
            .Select(v => (Array: v.Array!, Map: v.Map!))
            .Concat(Stored().Where(w => w.Value.IsElement).Select(w => (w.Array, w.Map)))
            .Where(a =>
                a.Array.Type is MemRefType { Layout: null } type && a.Map.IsIdentity && type.Rank == _group.Outer + 1
            )
            .Select(a => a.Array);

    private static int Bytes(IrType type) => DenseElementsAttr.ElementSize(type);

    /// <summary>The threads that share a row, as one of them sees them.</summary>
    /// <param name="Threads">How many they are.</param>
    /// <param name="Thread">The thread's number among them.</param>
    /// <param name="Number">The team's number in the block.</param>
    /// <param name="Lane">The thread's number in its warp.</param>
    /// <param name="Warp">The warp's number in the block.</param>
    /// <param name="IsWarp">Whether the team is one warp.</param>
    /// <param name="Units">How much of a row is kept, in units.</param>
    /// <param name="Kept">The same in elements.</param>
    /// <param name="Totals">Where totals are handed on, an element for each warp of the block.</param>
    private sealed record Team(
        Value Threads,
        Value Thread,
        Value Number,
        Value Lane,
        Value Warp,
        Value IsWarp,
        Value Units,
        Value Kept,
        IReadOnlyList<Value> Totals
    );
}
