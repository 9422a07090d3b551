using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>The same elements at other places: permutations, slices, reshapes, gathers, joins.</content>
internal sealed partial class ArrayEmitter
{
    /// <summary>With the axes in another order: axis i of the result is axis <c>axes[i]</c>.</summary>
    public Value Permute(Value source, int[] axes)
    {
        var sizes = Sizes(source);
        var results = new AffineExpr[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            results[axes[i]] = AffineExpr.Dim(i);
        }

        return View(source, new AffineMap(axes.Length, 0, [.. results]), [.. axes.Select(a => sizes[a])]);
    }

    /// <summary>With one more dimension of size 1.</summary>
    public Value ExpandDims(Value source, int axis)
    {
        var rank = RankOf(source);
        var sizes = Sizes(source);
        return View(
            source,
            AffineMap.Select(rank + 1, Enumerable.Range(0, rank + 1).Where(d => d != axis)),
            [.. sizes[..axis], arithmetic.Index(1), .. sizes[axis..]]
        );
    }

    /// <summary>Without a dimension, of which only the first place is read; the only dimension stays.</summary>
    public Value DropAxis(Value source, int axis)
    {
        var rank = RankOf(source);
        if (rank == 1)
        {
            return View(source, new AffineMap(1, 0, [AffineExpr.Constant(0)]), [arithmetic.Index(1)]);
        }

        var results = Enumerable
            .Range(0, rank)
            .Select(d => d == axis ? AffineExpr.Constant(0) : AffineExpr.Dim(d < axis ? d : d - 1));
        var sizes = Sizes(source);
        return View(source, new AffineMap(rank - 1, 0, [.. results]), [.. sizes[..axis], .. sizes[(axis + 1)..]]);
    }

    /// <summary>Reads <paramref name="source"/> repeated to these sizes; dimensions of size 1 are read at 0.</summary>
    public Value Broadcast(Value source, IReadOnlyList<Value> sizes)
    {
        var type = TypeOf(source);
        var lead = sizes.Count - type.Rank;
        var results = Enumerable
            .Range(0, type.Rank)
            .Select(d => type.Shape[d] == 1 ? AffineExpr.Constant(0) : AffineExpr.Dim(lead + d));
        return View(source, new AffineMap(sizes.Count, 0, [.. results]), sizes);
    }

    /// <summary>The places <c>first + i * step</c> of an axis.</summary>
    /// <param name="source">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="first">The first place, an <c>index</c>.</param>
    /// <param name="count">How many places, an <c>index</c>.</param>
    /// <param name="step">The distance, not zero.</param>
    public Value Slice(Value source, int axis, Value first, Value count, long step)
    {
        var sizes = Sizes(source);
        sizes[axis] = count;
        return step > 0
            ? arithmetic.Emit(
                new ExtractSliceOp(
                    arithmetic.Location,
                    source,
                    first.ConstInt is null ? [first] : [],
                    Dynamic(sizes),
                    [],
                    DenseArrayAttr.I64([
                        .. sizes.Select(
                            (_, d) =>
                                d != axis ? 0
                                : first.ConstInt is { } offset ? (long)offset
                                : ShapedType.Dynamic
                        ),
                    ]),
                    DenseArrayAttr.I64([.. Type(sizes, IndexType.Instance).Shape]),
                    DenseArrayAttr.I64([.. sizes.Select((_, d) => d == axis ? step : 1)]),
                    Type(sizes, Arithmetic.ElementType(source))
                )
            )
            : Along(
                source,
                axis,
                count,
                (inner, i) => inner.AddIndex(first, inner.MultiplyIndex(i, inner.Index(step)))
            );
    }

    /// <summary>The elements in the opposite order along an axis.</summary>
    public Value Reverse(Value source, int axis)
    {
        var size = Size(source, axis);
        return Slice(source, axis, arithmetic.SubtractIndex(size, arithmetic.Index(1)), size, -1);
    }

    /// <summary>Another selection of the places along an axis.</summary>
    /// <param name="source">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="count">How many places the result has along it.</param>
    /// <param name="from">The place that each of them comes from.</param>
    public Value Along(Value source, int axis, Value count, Func<Arithmetic, Value, Value> from)
    {
        var sizes = Sizes(source);
        sizes[axis] = count;
        return Gather(
            source,
            sizes,
            (inner, at) =>
            {
                at[axis] = from(inner, at[axis]);
                return at;
            }
        );
    }

    /// <summary>A new tensor whose elements are read at places that are computed.</summary>
    /// <param name="source">The tensor that is read.</param>
    /// <param name="sizes">The sizes of the new tensor.</param>
    /// <param name="place">The subscripts in it, from those of the new element.</param>
    public Value Gather(Value source, IReadOnlyList<Value> sizes, Func<Arithmetic, Value[], Value[]> place) =>
        Compute(
            sizes,
            Arithmetic.ElementType(source),
            (inner, at) => inner.Emit(new ExtractOp(inner.Location, source, place(inner, at)))
        );

    /// <summary>A new tensor whose elements are computed from their subscripts.</summary>
    /// <param name="sizes">The sizes of the new tensor.</param>
    /// <param name="element">Its element type.</param>
    /// <param name="body">Makes an element of its subscripts.</param>
    public Value Compute(IReadOnlyList<Value> sizes, IrType element, Func<Arithmetic, Value[], Value> body) =>
        Map([], [], sizes, element, (inner, _) => body(inner, Subscripts(inner, sizes.Count)));

    /// <summary>The subscripts of the element that a body makes.</summary>
    public static Value[] Subscripts(Arithmetic inner, int rank) =>
        [.. Enumerable.Range(0, rank).Select(d => inner.Emit(new IndexOp(inner.Location, d)))];

    /// <summary>The same elements with other sizes, whose product is the number of elements.</summary>
    public Value Reshape(Value source, IReadOnlyList<Value> sizes)
    {
        var element = Arithmetic.ElementType(source);
        var (from, to) = (TypeOf(source), Type(sizes, element));
        if (from.Rank > 1)
        {
            var count = from.HasStaticShape ? from.Shape.Aggregate(1L, static (a, b) => a * b) : ShapedType.Dynamic;
            var flat = RankedTensorType.Get([count], element);
            source = arithmetic.Emit(new CollapseShapeOp(arithmetic.Location, source, OneGroup(from.Rank), flat));
        }

        // Both sides of a reshape say that there is one element, or neither does.
        var wanted = RankedTensorType.Get([to.HasStaticShape ? 1 : ShapedType.Dynamic], element);
        if (source.Type != wanted)
        {
            source = arithmetic.Emit(new CastOp(arithmetic.Location, source, wanted));
        }

        return to.Rank == 1
            ? source
            : arithmetic.Emit(
                new ExpandShapeOp(
                    arithmetic.Location,
                    source,
                    Dynamic(sizes),
                    OneGroup(to.Rank),
                    DenseArrayAttr.I64([.. to.Shape]),
                    to
                )
            );
    }

    /// <summary>All dimensions belong together.</summary>
    private static ArrayAttr OneGroup(int rank) =>
        ArrayAttr.Get([
            ArrayAttr.Get([.. Enumerable.Range(0, rank).Select(d => (IrAttribute)IntegerAttr.Get(IntegerType.I64, d))]),
        ]);

    /// <summary>The tensor <paramref name="dest"/> with <paramref name="part"/> in it from <paramref name="offset"/> on along an axis, and from 0 on along the others.</summary>
    public Value Insert(Value part, Value dest, int axis, Value offset)
    {
        var sizes = Sizes(part);
        return arithmetic.Emit(
            new InsertSliceOp(
                arithmetic.Location,
                part,
                dest,
                offset.ConstInt is null ? [offset] : [],
                Dynamic(sizes),
                [],
                DenseArrayAttr.I64([
                    .. sizes.Select(
                        (_, d) =>
                            d != axis ? 0
                            : offset.ConstInt is { } known ? (long)known
                            : ShapedType.Dynamic
                    ),
                ]),
                DenseArrayAttr.I64([.. Type(sizes, IndexType.Instance).Shape]),
                DenseArrayAttr.I64([.. sizes.Select(_ => 1L)])
            )
        );
    }

    /// <summary>Tensors joined along an axis; their other sizes are equal.</summary>
    public Value Concatenate(IReadOnlyList<Value> parts, int axis)
    {
        var sizes = Sizes(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            sizes[axis] = arithmetic.AddIndex(sizes[axis], Size(part, axis));
        }

        var whole = Empty(sizes, Arithmetic.ElementType(parts[0]));
        var offset = arithmetic.Index(0);
        foreach (var part in parts)
        {
            whole = Insert(part, whole, axis, offset);
            offset = arithmetic.AddIndex(offset, Size(part, axis));
        }

        return whole;
    }

    /// <summary>The tensor with <paramref name="value"/> before and after the elements of an axis.</summary>
    public Value Pad(Value source, int axis, Value before, Value after, Value value)
    {
        var sizes = Sizes(source);
        sizes[axis] = arithmetic.AddIndex(arithmetic.AddIndex(before, sizes[axis]), after);
        return Insert(source, Full(sizes, value), axis, before);
    }

    /// <summary>Checks at run time that two sizes are equal.</summary>
    public void RequireEqual(Value a, Value b, string error)
    {
        if (!ReferenceEquals(a, b) && !(a.ConstInt is { } x && b.ConstInt is { } y && x == y))
        {
            arithmetic.Assert(arithmetic.CompareIndex(CmpIPredicate.Eq, a, b), error);
        }
    }
}
