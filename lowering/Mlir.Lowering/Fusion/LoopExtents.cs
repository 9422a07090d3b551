using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Which loops of the <c>linalg.generic</c> operations in a block run equally far.</summary>
/// <remarks>
/// Two sizes are equal when one is the other, when an operation reads arrays of both sizes by one loop (anything else would be undefined), or
/// when a check in front of them says so.
/// </remarks>
internal sealed class LoopExtents
{
    // A size: a number, a value of type index, or dimension k of an array that came from elsewhere.
    private readonly record struct Size(long Constant, Value? Value, int Dim);

    private readonly Dictionary<Size, Size> _parents = [];

    /// <summary>Looks at an operation that comes before those asked about.</summary>
    public void Learn(Operation op)
    {
        if (op is AssertOp { Arg.Definer: CmpIOp { Predicate: CmpIPredicate.Eq } equal } && equal.Lhs.Type is IndexType)
        {
            Join(SizeOf(equal.Lhs), SizeOf(equal.Rhs));
        }
        else if (op is GenericOp generic)
        {
            for (var loop = 0; loop < generic.IteratorTypes.Items.Count; loop++)
            {
                var sizes = SizesOf(generic, loop).ToArray();
                for (var i = 1; i < sizes.Length; i++)
                {
                    Join(sizes[0], sizes[i]);
                }
            }
        }
    }

    /// <summary>Whether loop <paramref name="loop"/> of both operations has one length.</summary>
    public bool Equal(GenericOp a, GenericOp b, int loop) =>
        SizesOf(a, loop).Any(x => SizesOf(b, loop).Any(y => Find(x) == Find(y)));

    private static IEnumerable<Size> SizesOf(GenericOp op, int loop) =>
        op.ArraysAlong(loop).Select(a => SizeOf(a.Array, a.Dim));

    private static Size SizeOf(Value array, int dim)
    {
        while (true)
        {
            var type = (MemRefType)array.Type;
            if (!type.IsDynamicDim(dim))
            {
                return new Size(type.Shape[dim], null, 0);
            }

            switch (array.Definer)
            {
                case AllocOp alloc:
                    return SizeOf(alloc.DynamicSizes[type.Shape.Span[..dim].Count(ShapedType.Dynamic)]);
                case CastOp cast when cast.Source.Type is MemRefType { } source && source.Rank == type.Rank:
                    array = cast.Source;
                    continue;
                default:
                    return new Size(0, array, dim);
            }
        }
    }

    private static Size SizeOf(Value size) =>
        size.ConstInt is { } constant ? new Size((long)constant, null, 0)
        : size.Definer is DimOp { Index.ConstInt: { } dim } op && op.Source.Type is MemRefType
            ? SizeOf(op.Source, (int)dim)
        : new Size(0, size, -1);

    private void Join(Size a, Size b)
    {
        (a, b) = (Find(a), Find(b));
        if (a != b)
        {
            // A number stays the representative.
            _parents[a.Value is null ? b : a] = a.Value is null ? a : b;
        }
    }

    private Size Find(Size size)
    {
        while (_parents.TryGetValue(size, out var parent))
        {
            size = parent;
        }

        return size;
    }
}
