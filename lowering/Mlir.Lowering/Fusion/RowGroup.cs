using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Operations on memrefs that will share their outer loops.</summary>
/// <param name="extents">Which loops run equally far.</param>
internal sealed class RowGroup(LoopExtents extents)
{
    // About what a thread does in some microseconds.
    private const long ChunkWork = 1 << 18;

    private readonly List<GenericOp> _members = [];
    private readonly List<DeallocOp> _frees = [];
    private int _outer = int.MaxValue;

    /// <summary>Whether a member may fail.</summary>
    public bool HasChecks { get; private set; }

    /// <summary>Whether the members have something in common that one loop reads once.</summary>
    public bool IsWorthwhile => _members.Count > 1 && Outer > 0 && SharesMemory();

    // Where no member has a loop of its own, the last of the shared ones stays inside.
    private int Outer => _members.All(m => m.IteratorTypes.Items.Count <= _outer) ? _outer - 1 : _outer;

    /// <summary>Whether a member writes to <paramref name="array"/>.</summary>
    public bool Writes(Value array) =>
        _members.Any(m => m.Outputs.Any(o => ReferenceEquals(Views.Root(o), Views.Root(array))));

    /// <summary>Takes <paramref name="op"/> in if its rows need nothing but the same rows of the members.</summary>
    public bool TryAdd(GenericOp op)
    {
        var kinds = op.IteratorKinds;
        var lead = kinds.TakeWhile(k => k == IteratorType.Parallel).Count();
        var outer = Math.Min(_outer, lead);
        if (
            outer == 0
            || Contraction.Find(op) is not null // better in tiles
            || op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is LoadOp) // reads any row
            || op.Operands.Types.Any(t => t is MemRefType { StridesAndOffset: null })
            || (
                _members.Count > 0
                && !Enumerable.Range(0, outer).All(loop => _members.All(m => extents.Equal(m, op, loop)))
            )
        )
        {
            return false;
        }

        // Fewer shared loops than before: what was taken in must still fit.
        _members.Add(op);
        var before = _outer;
        _outer = outer;
        if (!_members.All(m => HasSeparateSubscripts(m, Outer)) || !MeetsRowByRow())
        {
            _members.RemoveAt(_members.Count - 1);
            _outer = before;
            return false;
        }

        HasChecks |= op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is AssertOp);
        return true;
    }

    /// <summary>Memory that a member uses is freed behind the last member.</summary>
    public void Delay(DeallocOp dealloc)
    {
        if (
            _members.Any(m => m.Operands.ToArray().Any(o => ReferenceEquals(Views.Root(o), Views.Root(dealloc.Memref))))
        )
        {
            _frees.Add(dealloc);
        }
    }

    /// <summary>Puts the loop over the rows in the place of the last member.</summary>
    public void Emit(bool parallel)
    {
        var last = _members[^1];
        var location = Location.Fuse([.. _members.Select(m => m.Location)]);
        var emit = new Emitter(new OpBuilder(last), location);
        var outer = Outer;
        var widest = _members.MaxBy(m => m.IteratorTypes.Items.Count)!;
        var sizes = Enumerable.Range(0, outer).Select(l => emit.LoopSize(last, l)).ToArray();
        var rowSize = emit.Product(
            Enumerable.Range(outer, widest.IteratorTypes.Items.Count - outer).Select(l => emit.LoopSize(widest, l))
        );
        var rows = emit.Product(sizes);
        var work = _members.Sum(m => m.BodyBlock.CountOperations() + m.Operands.Count);
        var elements = Math.Clamp(ChunkWork / Math.Max(1, work), 1024, 65536);
        var chunk = emit.Max(emit.Index(1), emit.Div(emit.Index(elements), emit.Max(emit.Index(1), rowSize)));
        var temporaries = FindTemporaries();
        var small = rows.ConstInt is { } r && rowSize.ConstInt is { } c && r * c <= elements;
        if (!parallel || small)
        {
            EmitRows(emit, emit.Index(0), rows);
        }
        else
        {
            emit.Parallel(
                emit.CeilDiv(rows, chunk),
                1,
                (e, number) =>
                {
                    var begin = e.Mul(number, chunk);
                    EmitRows(e, begin, e.Min(e.Add(begin, chunk), rows));
                }
            );
        }

        foreach (var member in _members)
        {
            member.DropAllReferences();
        }

        foreach (var free in _frees)
        {
            if (temporaries.Contains(free.Memref))
            {
                free.Erase();
                continue;
            }

            free.Remove();
            emit.Builder.Insert(free);
        }

        foreach (var op in temporaries.Select(t => t.Definer!).Concat(_members).ToList())
        {
            op.Erase();
        }

        void EmitRows(Emitter e, Value begin, Value end)
        {
            var scratch = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
            foreach (var temporary in temporaries)
            {
                scratch[temporary] = Scratch(e, temporary);
            }

            e.For(
                begin,
                end,
                e.Index(1),
                [],
                (row, number, _) =>
                {
                    var ivs = row.Delinearize(number, sizes);
                    var rows = new Dictionary<(Value Array, AffineMap Place), Value>();
                    foreach (var member in _members)
                    {
                        EmitMember(new Emitter(row.Builder, member.Location), member, ivs, scratch, rows);
                    }

                    return [];
                }
            );
            foreach (var memory in scratch.Values.Where(m => m.Definer is AllocOp))
            {
                e.Dealloc(memory);
            }
        }
    }

    /// <summary>One row of a temporary; a single element lies on the stack.</summary>
    private Value Scratch(Emitter emit, Value temporary)
    {
        var alloc = (AllocOp)temporary.Definer!;
        var type = (MemRefType)temporary.Type;
        var map = MapsOf(temporary).First();
        var kept = Enumerable.Range(0, type.Rank).Where(k => !UsesOuter(map.Results[k], Outer)).ToArray();
        var row = MemRefType.Get([.. kept.Select(k => type.Shape[k])], type.ElementType);
        return row.Rank == 0
            ? emit.Alloca(row)
            : emit.Alloc(row, [.. kept.Where(type.IsDynamicDim).Select(k => emit.MemRefDim(alloc.Memref, k))]);
    }

    private void EmitMember(
        Emitter emit,
        GenericOp member,
        Value[] ivs,
        Dictionary<Value, Value> scratch,
        Dictionary<(Value Array, AffineMap Place), Value> rows
    )
    {
        var outer = Outer;
        var loops = member.IteratorKinds;
        var operands = new Value[member.Operands.Count];
        var maps = new AffineMap[operands.Length];
        var inner = Enumerable
            .Range(0, loops.Length)
            .Select(d => d < outer ? AffineExpr.Constant(0) : AffineExpr.Dim(d - outer))
            .ToArray();
        for (var i = 0; i < operands.Length; i++)
        {
            var map = member.MapOf(i);
            var kept = map.Results.Where(e => !UsesOuter(e, outer)).Select(e => e.Replace(inner, [])).ToArray();
            maps[i] = new AffineMap(loops.Length - outer, 0, [.. kept]);
            operands[i] =
                member.Operands[i].Type is not MemRefType ? member.Operands[i]
                : scratch.TryGetValue(member.Operands[i], out var memory) ? memory
                : kept.Length == map.Results.Count ? member.Operands[i]
                : Row(emit, member.Operands[i], map, ivs, outer, rows);
        }

        var made = emit.Insert(
            new GenericOp(
                member.Location,
                operands.AsSpan(0, member.Inputs.Count),
                operands.AsSpan(member.Inputs.Count),
                ArrayAttr.Get([.. maps.Select(AffineMapAttr.Get)]),
                ArrayAttr.Get([.. loops.Skip(outer).Select(EnumAttr<IteratorType>.Get)]),
                []
            )
        );
        made.Discardable = member.Discardable;
        made.SetAttribute(FuseRows.RowAttribute, UnitAttr.Instance);
        made.Body.TakeBlocks(member.Body);
        foreach (var index in made.Body.Single.Operations.SelectMany(o => o.Walk()).OfType<IndexOp>().ToList())
        {
            if (index.Dim < outer)
            {
                index.Result0.ReplaceAllUsesWith(ivs[(int)index.Dim]);
                index.Erase();
            }
            else
            {
                index.SetAttribute("dim", IntegerAttr.Get(IntegerType.I64, index.Dim - outer));
            }
        }

        // The body is gone; what is erased later is a shell.
        member.Body.AddBlock();
    }

    private static Value Row(
        Emitter emit,
        Value array,
        AffineMap map,
        Value[] ivs,
        int outer,
        Dictionary<(Value Array, AffineMap Place), Value> rows
    )
    {
        // Members that meet in a row know it by one name.
        var place = new AffineMap(
            outer,
            0,
            [.. map.Results.Select(e => UsesOuter(e, outer) ? e : AffineExpr.Constant(0))]
        );
        if (!rows.TryGetValue((array, place), out var row))
        {
            rows[(array, place)] = row = Row(emit, array, map, ivs, outer);
        }

        return row;
    }

    // %row = memref.subview %array[%i, 0] [1, %n] [1, 1], the dimension of size one left out
    private static Value Row(Emitter emit, Value array, AffineMap map, Value[] ivs, int outer)
    {
        var type = (MemRefType)array.Type;
        var (offsets, sizes) = (new List<Value>(), new List<Value>());
        var (staticOffsets, staticSizes) = (new long[type.Rank], new long[type.Rank]);
        for (var k = 0; k < type.Rank; k++)
        {
            if (UsesOuter(map.Results[k], outer))
            {
                var offset = ScalarBody.Subscripts(emit, map with { Results = [map.Results[k]] }, ivs)[0];
                staticOffsets[k] = offset.ConstInt is { } known ? (long)known : ShapedType.Dynamic;
                staticSizes[k] = 1;
                if (offset.ConstInt is null)
                {
                    offsets.Add(offset);
                }
            }
            else
            {
                staticSizes[k] = type.Shape[k];
                if (type.IsDynamicDim(k))
                {
                    sizes.Add(emit.MemRefDim(array, k));
                }
            }
        }

        var strides = new long[type.Rank];
        Array.Fill(strides, 1);
        var whole = SubViewOp.InferType(type, staticOffsets, staticSizes, strides)!;
        var (start, steps) = whole.StridesAndOffset!.Value;
        var kept = Enumerable.Range(0, type.Rank).Where(k => !UsesOuter(map.Results[k], outer)).ToArray();
        return emit.Insert(
            new SubViewOp(
                emit.Location,
                array,
                [.. offsets],
                [.. sizes],
                [],
                DenseArrayAttr.I64(staticOffsets),
                DenseArrayAttr.I64(staticSizes),
                DenseArrayAttr.I64(strides),
                MemRefType.Get(
                    [.. kept.Select(k => staticSizes[k])],
                    type.ElementType,
                    StridedLayoutAttr.Get(start, [.. kept.Select(k => steps[k])]),
                    type.MemorySpace
                )
            )
        ).Result;
    }

    /// <summary>The arrays that only the members know: no row needs another one's.</summary>
    private List<Value> FindTemporaries()
    {
        var result = new List<Value>();
        foreach (var array in _members.SelectMany(m => m.Outputs).Distinct<Value>(ReferenceEqualityComparer.Instance))
        {
            if (
                array.Definer is AllocOp alloc
                && alloc.GetAttribute(Bufferize.ResultAttribute) is null
                && ReferenceEquals(alloc.Block, _members[0].Block)
                && OnlyMembersUse(array)
            )
            {
                result.Add(array);
            }
        }

        return result;
    }

    private bool OnlyMembersUse(Value array)
    {
        foreach (var use in array.Uses)
        {
            if (
                !(use.Owner is GenericOp g && _members.Contains(g)) && !(use.Owner is DeallocOp d && _frees.Contains(d))
            )
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<AffineMap> MapsOf(Value array) =>
        _members.SelectMany(m =>
            Enumerable.Range(0, m.Operands.Count).Where(i => ReferenceEquals(m.Operands[i], array)).Select(m.MapOf)
        );

    /// <summary>Whether no subscript mixes outer and inner loops.</summary>
    private static bool HasSeparateSubscripts(GenericOp op, int outer) =>
        Enumerable
            .Range(0, op.Operands.Count)
            .SelectMany(i => op.MapOf(i).Results)
            .All(e =>
                !UsesOuter(e, outer) || !Enumerable.Range(outer, op.IteratorTypes.Items.Count - outer).Any(e.UsesDim)
            );

    /// <summary>Whether what one member writes is touched by the members through one value and by the same row only.</summary>
    private bool MeetsRowByRow()
    {
        var outer = Outer;
        var touched = _members
            .SelectMany(m => Enumerable.Range(0, m.Operands.Count).Select(i => (Member: m, Operand: i)))
            .Where(t => t.Member.Operands[t.Operand].Type is MemRefType)
            .GroupBy(t => Views.Root(t.Member.Operands[t.Operand]), ReferenceEqualityComparer.Instance);
        foreach (var group in touched)
        {
            if (!group.Any(t => t.Operand >= t.Member.Inputs.Count))
            {
                continue;
            }

            var (first, operand) = group.First();
            var rows = RowSubscripts(first.MapOf(operand), outer);
            if (
                rows.Count(p => p >= 0) != outer
                || !group.All(t =>
                    ReferenceEquals(t.Member.Operands[t.Operand], first.Operands[operand])
                    && RowSubscripts(t.Member.MapOf(t.Operand), outer).AsSpan().SequenceEqual(rows)
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    // For each subscript the outer loop that it is, -1 for none and -2 for a computation on outer loops.
    private static int[] RowSubscripts(AffineMap map, int outer) =>
        [
            .. map.Results.Select(e =>
                e is AffineDimExpr { Position: var p } && p < outer ? p
                : UsesOuter(e, outer) ? -2
                : -1
            ),
        ];

    private bool SharesMemory()
    {
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        foreach (var member in _members)
        {
            var arrays = member
                .Operands.ToArray()
                .Where(o => o.Type is MemRefType { Rank: > 0 })
                .Select(Views.Root)
                .Distinct<Value>(ReferenceEqualityComparer.Instance)
                .ToArray();
            if (arrays.Any(seen.Contains))
            {
                return true;
            }

            seen.UnionWith(arrays);
        }

        return false;
    }

    private static bool UsesOuter(AffineExpr expr, int outer) => Enumerable.Range(0, outer).Any(expr.UsesDim);
}
