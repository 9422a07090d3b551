using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>Emits what array functions are made of: sizes as values, <c>linalg.generic</c> over them, reductions along axes.</summary>
/// <remarks>In types only the size 1 is known, of dimensions that broadcast; every other size is open, so that equal shapes have equal types.</remarks>
/// <param name="arithmetic">Where operations go.</param>
internal sealed partial class ArrayEmitter(Arithmetic arithmetic)
{
    /// <summary>The type of a tensor value.</summary>
    public static RankedTensorType TypeOf(Value tensor) => (RankedTensorType)tensor.Type;

    /// <summary>The number of dimensions of a tensor value.</summary>
    public static int RankOf(Value tensor) => TypeOf(tensor).Rank;

    /// <summary>The size of dimension <paramref name="d"/>, a constant where the type has it.</summary>
    public Value Size(Value tensor, int d) =>
        TypeOf(tensor).IsDynamicDim(d) ? arithmetic.Dim(tensor, d) : arithmetic.Index(TypeOf(tensor).Shape[d]);

    /// <summary>The sizes of all dimensions.</summary>
    public Value[] Sizes(Value tensor) => [.. Enumerable.Range(0, RankOf(tensor)).Select(d => Size(tensor, d))];

    /// <summary>The type of a tensor of these sizes: a size is in it where it is known to be 1.</summary>
    public static RankedTensorType Type(IEnumerable<Value> sizes, IrType element) =>
        RankedTensorType.Get([.. sizes.Select(s => IsOne(s) ? 1 : ShapedType.Dynamic)], element);

    /// <summary>A tensor of these sizes with no contents yet.</summary>
    public Value Empty(IReadOnlyList<Value> sizes, IrType element) =>
        arithmetic.Emit(new EmptyOp(arithmetic.Location, Dynamic(sizes), Type(sizes, element)));

    /// <summary>A tensor of these sizes with <paramref name="scalar"/> everywhere.</summary>
    public Value Full(IReadOnlyList<Value> sizes, Value scalar) =>
        arithmetic.Emit(new SplatOp(arithmetic.Location, scalar, Dynamic(sizes), Type(sizes, scalar.Type)));

    /// <summary>Computes every element of a new tensor.</summary>
    /// <param name="inputs">The tensors of which it reads one element each.</param>
    /// <param name="maps">Which one, as a function of the subscripts of the new element.</param>
    /// <param name="sizes">The sizes of the new tensor.</param>
    /// <param name="element">Its element type.</param>
    /// <param name="body">Makes an element of those that are read.</param>
    public Value Map(
        ReadOnlySpan<Value> inputs,
        IEnumerable<AffineMap> maps,
        IReadOnlyList<Value> sizes,
        IrType element,
        Func<Arithmetic, Value[], Value> body
    ) =>
        Generic(
            inputs,
            [Empty(sizes, element)],
            [.. maps, AffineMap.Identity(sizes.Count)],
            [.. Enumerable.Repeat(IteratorType.Parallel, sizes.Count)],
            (inner, elements) => [body(inner, elements[..^1])]
        )[0];

    /// <summary>A new tensor whose elements are elements of <paramref name="source"/>.</summary>
    /// <param name="source">The tensor that is read.</param>
    /// <param name="map">The subscripts in it as a function of those of the new element.</param>
    /// <param name="sizes">The sizes of the new tensor.</param>
    public Value View(Value source, AffineMap map, IReadOnlyList<Value> sizes) =>
        Map([source], [map], sizes, Arithmetic.ElementType(source), static (_, elements) => elements[0]);

    /// <summary>A <c>linalg.generic</c>.</summary>
    /// <param name="inputs">What is read.</param>
    /// <param name="inits">The initial contents of the results.</param>
    /// <param name="maps">The subscripts of each as a function of the loops.</param>
    /// <param name="loops">The kinds of the loops.</param>
    /// <param name="body">Makes the new elements of the results of those of inputs and results.</param>
    public Value[] Generic(
        ReadOnlySpan<Value> inputs,
        ReadOnlySpan<Value> inits,
        IEnumerable<AffineMap> maps,
        IEnumerable<IteratorType> loops,
        Func<Arithmetic, Value[], IReadOnlyList<Value>> body
    )
    {
        var op = GenericOp.Build(
            arithmetic.Location,
            inputs,
            inits,
            maps,
            loops,
            (builder, elements) => body(new Arithmetic(builder, arithmetic.Location), [.. elements])
        );
        arithmetic.Builder.Insert(op);
        return [.. op.Results];
    }

    /// <summary>Combines the elements along the marked dimensions, which disappear.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="marked">Which dimensions are reduced.</param>
    /// <param name="initial">The neutral element; what no elements give.</param>
    /// <param name="combine">Joins an element and what came before.</param>
    public Value Reduce(Value tensor, bool[] marked, TypedAttr initial, Func<Arithmetic, Value, Value, Value> combine)
    {
        var kept = Kept(marked);
        var sizes = kept.Select(d => Size(tensor, d)).ToArray();
        var type = Type(sizes, Arithmetic.ElementType(tensor));
        var init = Full(sizes, arithmetic.Constant(initial));
        return arithmetic.Emit(
            ReduceOp.Build(
                arithmetic.Location,
                tensor,
                init,
                [.. Enumerable.Range(0, marked.Length).Where(d => marked[d]).Select(d => (long)d)],
                (builder, element, value) => combine(new Arithmetic(builder, arithmetic.Location), value, element)
            )
        );
    }

    /// <summary>Gives a reduced tensor the shape that the caller asked for: reduced dimensions of size 1, or at least one dimension.</summary>
    /// <param name="reduced">The reduced tensor.</param>
    /// <param name="marked">Which dimensions were reduced.</param>
    /// <param name="keepDims">Whether these stay, with size 1.</param>
    public Value Shaped(Value reduced, bool[] marked, bool keepDims)
    {
        var kept = Kept(marked);
        if (!keepDims)
        {
            return kept.Length > 0 ? reduced : View(reduced, new AffineMap(1, 0, []), [arithmetic.Index(1)]);
        }

        var one = arithmetic.Index(1);
        var next = 0;
        Value[] sizes = [.. marked.Select(m => m ? one : Size(reduced, next++))];
        return View(reduced, AffineMap.Select(marked.Length, kept), sizes);
    }

    /// <summary>How many elements are reduced into one, as an <c>index</c>.</summary>
    public Value CountOf(Value tensor, bool[] marked)
    {
        var count = arithmetic.Index(1);
        for (var d = 0; d < marked.Length; d++)
        {
            if (marked[d])
            {
                count = arithmetic.MultiplyIndex(count, Size(tensor, d));
            }
        }

        return count;
    }

    private static Value[] Dynamic(IEnumerable<Value> sizes) => [.. sizes.Where(s => !IsOne(s))];

    private static bool IsOne(Value size) => size.ConstInt is { } known && known == 1;

    private static int[] Kept(bool[] marked) => [.. Enumerable.Range(0, marked.Length).Where(d => !marked[d])];
}
