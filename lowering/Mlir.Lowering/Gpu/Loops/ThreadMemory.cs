using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Arrays that a loop makes for itself: the host allocates them in front of the kernel, a piece for each thread.</summary>
/// <param name="made">Where they are made.</param>
/// <param name="freed">Where they are freed.</param>
internal sealed class ThreadMemory(List<AllocOp> made, List<DeallocOp> freed)
{
    /// <summary>Every piece begins at a multiple of this.</summary>
    private const int Alignment = 16;

    private readonly List<(AllocOp Made, Value Bytes, Value PieceSize)> _pieces = [];

    /// <summary>What a loop makes; null where the host cannot know how much it is, or where an array goes on to another iteration.</summary>
    public static ThreadMemory? Find(Operation op)
    {
        var made = op.Walk().OfType<AllocOp>().ToList();
        var freed = op.Walk().OfType<DeallocOp>().ToList();
        if (made.Exists(m => !m.DynamicSizes.ToArray().All(s => Bound(s, op) is not null) || IsHandedOn(m.Memref)))
        {
            return null;
        }

        // What is freed was made here, or goes around here.
        return
            freed.TrueForAll(f => HostValues.IsInside(Views.Root(f.Memref), op))
            && !op.Operands.ToArray().Any(o => o.Type is MemRefType)
            ? new ThreadMemory(made, freed)
            : null;
    }

    private static bool IsHandedOn(Value array)
    {
        foreach (var use in array.Uses)
        {
            if (
                use.Owner is ITerminator
                || (
                    Views.IsView(use.Owner)
                    && use.Owner.Results[0].Type is MemRefType
                    && IsHandedOn(use.Owner.Results[0])
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A number that the host can compute and that is not less: the number itself, or what it is at most.</summary>
    private static Value? Bound(Value size, Operation op)
    {
        if (HostValues.CanCompute(size, op))
        {
            return size;
        }

        // min(%begin + %part, %n) - %begin is at most %part.
        return
            size.Definer is Dialects.Arith.SubIOp { Lhs.Definer: Dialects.Arith.MinSIOp min, Rhs: var begin }
            && new[] { min.Lhs, min.Rhs }
                .Select(v => v.Definer)
                .OfType<Dialects.Arith.AddIOp>()
                .FirstOrDefault(a => ReferenceEquals(a.Lhs, begin))
                is { Rhs: var part }
            && HostValues.CanCompute(part, op)
            ? part
            : null;
    }

    /// <summary>Allocates a piece for each of <paramref name="count"/> threads.</summary>
    public void Allocate(Emitter host, Operation op, Value count)
    {
        foreach (var alloc in made)
        {
            var type = (MemRefType)alloc.Memref.Type;
            var open = 0;
            var known = new IrMapping();
            var size = host.Index(DenseElementsAttr.ElementSize(type.ElementType));
            foreach (var length in type.Shape.Span.ToArray())
            {
                size = host.Mul(
                    size,
                    length == ShapedType.Dynamic
                        ? HostValues.Compute(host, Bound(alloc.DynamicSizes[open++], op)!, op, known)
                        : host.Index(length)
                );
            }

            var piece = host.Mul(host.CeilDiv(size, host.Index(Alignment)), host.Index(Alignment));
            var bytes = MemRefType.Get([ShapedType.Dynamic], IntegerType.I8);
            _pieces.Add((alloc, host.Alloc(bytes, [host.Mul(count, piece)]), piece));
        }
    }

    /// <summary>Gives a thread its pieces, which the loop uses in place of what it would make.</summary>
    public void Replace(Value thread)
    {
        freed.ForEach(static free => free.Erase());
        foreach (var (alloc, bytes, piece) in _pieces)
        {
            var e = new Emitter(new OpBuilder(alloc), alloc.Location);
            var view = e.Insert(
                new ViewOp(
                    alloc.Location,
                    bytes,
                    e.Mul(thread, piece),
                    [.. alloc.DynamicSizes],
                    (MemRefType)alloc.Memref.Type
                )
            );
            alloc.Memref.ReplaceAllUsesWith(view.Result);
            alloc.Erase();
        }
    }

    /// <summary>Frees everything.</summary>
    public void Free(Emitter host)
    {
        foreach (var (_, bytes, _) in _pieces)
        {
            host.Dealloc(bytes);
        }
    }
}
