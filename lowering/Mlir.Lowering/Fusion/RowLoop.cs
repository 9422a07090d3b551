using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The loop over the rows of a group, in which each operation is left with one row.</summary>
/// <param name="group">The group.</param>
internal sealed class RowLoop(RowGroup group)
{
    // About what a thread does in some microseconds.
    private const long ChunkWork = 1 << 18;

    /// <summary>Puts the loop over the rows in the place of the last member.</summary>
    public void Emit(bool parallel)
    {
        var last = group.Members[^1];
        var location = Location.Fuse([.. group.Members.Select(m => m.Location)]);
        var emit = new Emitter(new OpBuilder(last), location);
        var outer = group.Outer;
        var widest = group.Members.MaxBy(m => m.IteratorTypes.Items.Count)!;
        var sizes = Enumerable.Range(0, outer).Select(l => emit.LoopSize(last, l)).ToArray();
        var rowSize = emit.Product(
            Enumerable.Range(outer, widest.IteratorTypes.Items.Count - outer).Select(l => emit.LoopSize(widest, l))
        );
        var rows = emit.Product(sizes);
        var work = group.Members.Sum(m => m.BodyBlock.CountOperations() + m.Operands.Count);
        var elements = Math.Clamp(ChunkWork / Math.Max(1, work), 1024, 65536);
        var chunk = emit.Max(emit.Index(1), emit.Div(emit.Index(elements), emit.Max(emit.Index(1), rowSize)));
        var temporaries = group.FindTemporaries();
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

        group.Erase(emit, temporaries);
        return;

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
                    foreach (var member in group.Members)
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
        var kept = Enumerable
            .Range(0, type.Rank)
            .Where(k => !RowGroup.UsesOuter(map.Results[k], group.Outer))
            .ToArray();
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
        var outer = group.Outer;
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
            var kept = map
                .Results.Where(e => !RowGroup.UsesOuter(e, outer))
                .Select(e => e.Replace(inner, []))
                .ToArray();
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
            [.. map.Results.Select(e => RowGroup.UsesOuter(e, outer) ? e : AffineExpr.Constant(0))]
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
            if (RowGroup.UsesOuter(map.Results[k], outer))
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
        var kept = Enumerable.Range(0, type.Rank).Where(k => !RowGroup.UsesOuter(map.Results[k], outer)).ToArray();
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

    private IEnumerable<AffineMap> MapsOf(Value array) =>
        group.Members.SelectMany(m =>
            Enumerable.Range(0, m.Operands.Count).Where(i => ReferenceEquals(m.Operands[i], array)).Select(m.MapOf)
        );
}
