using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>Emits what is special to tensors: broadcasting, element-wise bodies with checks, and whole-tensor reductions.</summary>
/// <param name="arithmetic">Where operations go.</param>
/// <param name="ones">
/// Where sizes meet that the kernel computes; null where all tensors of the function are known to have one shape, so that no sizes are compared.
/// </param>
internal sealed class TensorEmitter(Arithmetic arithmetic, SizesOfOne? ones)
{
    private const string Incompatible =
        "System.ArgumentException: The shapes of the tensors are not broadcast compatible.";

    /// <summary>Whether the function's parameters are arguments of the kernel, and not what another function has computed.</summary>
    public bool TakesArguments { get; set; } = true;

    /// <summary>Brings values to one shape: scalars are spread, tensors follow the rules of NumPy.</summary>
    /// <returns>The values, all tensors of one shape, or all scalars when no tensor was among them.</returns>
    public Value[] Broadcast(params Value[] values)
    {
        var tensors = values.Where(v => v.Type is RankedTensorType).ToArray();
        if (tensors.Length == 0)
        {
            return values;
        }

        var target = tensors[0];
        for (var i = 1; i < tensors.Length; i++)
        {
            var (known, tensor) = (target, tensors[i]);
            MeetSizes(tensors.AsSpan(0, i), ref known, ref tensor);
            (tensors[i], target) = (tensor, Wider(known, tensor));
        }

        var next = 0;
        return
        [
            .. values.Select(v =>
                v.Type is RankedTensorType ? SpreadTensor(tensors[next++], target) : arithmetic.Splat(v, target)
            ),
        ];
    }

    /// <summary>Makes sure that a dimension has a size, or size 1; where this version of the kernel takes it for 1, the type of the result says so.</summary>
    public Value MeetSize(Value tensor, int dimension, Value size)
    {
        var known = SizeOf(tensor, dimension);
        if (known == 1)
        {
            return tensor;
        }

        var mayBeOne = known == ShapedType.Dynamic && IsComputed(tensor, dimension);
        var (isOne, _, mark) = mayBeOne ? ones?.Next(left: true, right: false) ?? default : default;
        var one = arithmetic.Index(1);
        new ArrayEmitter(arithmetic).RequireEqual(
            new ArrayEmitter(arithmetic).Size(tensor, dimension),
            isOne ? one : size,
            Text(mark)
        );
        return isOne ? Narrow(tensor, ((RankedTensorType)tensor.Type).Rank - dimension) : tensor;
    }

    /// <summary>Makes sure that sizes are equal where none is known to be 1; those that this version of the kernel takes for 1 are known from then on.</summary>
    /// <param name="before">The tensors that <paramref name="a"/> is as wide as.</param>
    /// <param name="a">A tensor.</param>
    /// <param name="b">A tensor that it meets.</param>
    private void MeetSizes(Span<Value> before, ref Value a, ref Value b)
    {
        var (rankA, rankB) = (((RankedTensorType)a.Type).Rank, ((RankedTensorType)b.Type).Rank);
        for (var d = 1; d <= Math.Min(rankA, rankB); d++)
        {
            var (sizeA, sizeB) = (SizeOf(a, rankA - d), SizeOf(b, rankB - d));
            if (sizeA == 1 || sizeB == 1)
            {
                continue;
            }

            var (isOneA, isOneB) = CheckEqualSizes(a, b, rankA - d, rankB - d);
            if (isOneA)
            {
                a = Narrow(a, d);
                for (var i = 0; i < before.Length; i++)
                {
                    before[i] = Narrow(before[i], d);
                }
            }

            b = isOneB ? Narrow(b, d) : b;
        }
    }

    /// <summary>A tensor whose dimension <paramref name="fromEnd"/> has size 1, which now its type says.</summary>
    private Value Narrow(Value tensor, int fromEnd)
    {
        var type = (RankedTensorType)tensor.Type;
        return type.Rank >= fromEnd && type.Shape[type.Rank - fromEnd] != 1
            ? new ArrayEmitter(arithmetic).Slice(
                tensor,
                type.Rank - fromEnd,
                arithmetic.Index(0),
                arithmetic.Index(1),
                1
            )
            : tensor;
    }

    /// <summary>A tensor with the shape that <paramref name="a"/> and <paramref name="b"/> broadcast to; its elements do not matter.</summary>
    private Value Wider(Value a, Value b)
    {
        var (ta, tb) = ((RankedTensorType)a.Type, (RankedTensorType)b.Type);
        var rank = Math.Max(ta.Rank, tb.Rank);
        var shape = new long[rank];
        var sizes = new List<Value>();
        for (var i = 0; i < rank; i++)
        {
            var (da, db) = (i - (rank - ta.Rank), i - (rank - tb.Rank));
            var (sa, sb) = (da < 0 ? 1 : ta.Shape[da], db < 0 ? 1 : tb.Shape[db]);
            // Of two sizes that must be equal, the known one says more.
            shape[i] = sa == 1 || (sa == ShapedType.Dynamic && sb != 1) ? sb : sa;
            if (shape[i] == ShapedType.Dynamic)
            {
                sizes.Add(sa == ShapedType.Dynamic ? arithmetic.Dim(a, da) : arithmetic.Dim(b, db));
            }
        }

        if (shape.AsSpan().SequenceEqual(ta.Shape.Span))
        {
            return a;
        }

        return shape.AsSpan().SequenceEqual(tb.Shape.Span)
            ? b
            : arithmetic.Emit(
                new EmptyOp(arithmetic.Location, [.. sizes], RankedTensorType.Get(shape, ta.ElementType))
            );
    }

    /// <summary>Makes the kernel fail unless two sizes, neither known to be 1, are equal, or one is 1 that is taken for it.</summary>
    /// <returns>Whether the first or the second one is taken for 1.</returns>
    private (bool A, bool B) CheckEqualSizes(Value a, Value b, int fromA, int fromB)
    {
        var (sizeA, sizeB) = (SizeOf(a, fromA), SizeOf(b, fromB));
        var (isKnownA, isKnownB) = (sizeA != ShapedType.Dynamic, sizeB != ShapedType.Dynamic);
        if (ReferenceEquals(a, b) || (isKnownA && sizeA == sizeB) || (ones is null && !isKnownA && !isKnownB))
        {
            return default;
        }

        // Arguments broadcast anyway: there is a version of the kernel for each place of their sizes of 1.
        var (mayA, mayB) = (!isKnownA && IsComputed(a, fromA), !isKnownB && IsComputed(b, fromB));
        var (isOneA, isOneB, mark) = mayA || mayB ? ones?.Next(mayA, mayB) ?? default : default;
        Value Size(bool isKnown, long size, Value tensor, int from) =>
            isKnown ? arithmetic.Index(size) : arithmetic.Dim(tensor, from);

        // Known sizes that differ fail when this place is reached, as eager does, and not before.
        var holds =
            isKnownA && isKnownB
                ? arithmetic.Constant(IntegerAttr.False)
                : arithmetic.CompareIndex(
                    CmpIPredicate.Eq,
                    isOneB ? arithmetic.Index(1) : Size(isKnownA, sizeA, a, fromA),
                    isOneA ? arithmetic.Index(1) : Size(isKnownB, sizeB, b, fromB)
                );

        arithmetic.Assert(holds, Text(mark));
        return (isOneA, isOneB);
    }

    // The runtime hands a mark in this form on with the exception.
    private static string Text(string? mark) => mark is null ? Incompatible : $"{Incompatible} {{mark: {mark}}}";

    private bool IsComputed(Value tensor, int dimension) =>
        !(SizeOrigin.IsArgument(tensor, dimension) && TakesArguments);

    private static long SizeOf(Value tensor, int dimension) => ((RankedTensorType)tensor.Type).Shape[dimension];

    private Value SpreadTensor(Value value, Value target)
    {
        var from = (RankedTensorType)value.Type;
        var to = (RankedTensorType)target.Type;
        if (from.Shape == to.Shape)
        {
            return value;
        }

        var lead = to.Rank - from.Rank;
        if (Enumerable.Range(0, from.Rank).Any(d => Differ(from.Shape[d], to.Shape[lead + d])))
        {
            // The check has failed before this is reached: all that counts is a shape with which the rest is valid.
            return arithmetic.Emit(
                new EmptyOp(
                    arithmetic.Location,
                    arithmetic.DynamicSizes(target),
                    to.With(to.Shape.Span, from.ElementType)
                )
            );
        }

        // A dimension of size 1 that widens is read at 0 throughout.
        var results = new AffineExpr[from.Rank];
        for (var i = 0; i < from.Rank; i++)
        {
            results[i] = from.Shape[i] == 1 ? AffineExpr.Constant(0) : AffineExpr.Dim(lead + i);
        }

        return Generic(
            [value],
            [new AffineMap(to.Rank, 0, [.. results])],
            target,
            from.ElementType,
            static (_, elements) => elements[0]
        );
    }

    /// <summary>Whether both sizes are known and the first neither is nor widens to the second.</summary>
    private static bool Differ(long from, long to) =>
        from != 1 && from != to && from != ShapedType.Dynamic && to != ShapedType.Dynamic;

    /// <summary>Applies a scalar computation to every element of tensors of one shape; it may contain checks.</summary>
    public Value Map(Value[] inputs, IrType resultElement, Func<Arithmetic, Value[], Value> body)
    {
        var rank = ((RankedTensorType)inputs[0].Type).Rank;
        return Generic(inputs, [.. inputs.Select(_ => AffineMap.Identity(rank))], inputs[0], resultElement, body);
    }

    /// <summary>As <see cref="Map"/>, where the body also gets the element's place in row-major order, an <c>i64</c>.</summary>
    public Value MapWithPlace(Value[] inputs, IrType resultElement, Func<Arithmetic, Value[], Value, Value> body)
    {
        var rank = ((RankedTensorType)inputs[0].Type).Rank;
        var sizes = Enumerable.Range(0, rank).Select(d => arithmetic.Dim(inputs[0], d)).ToArray();
        return Map(
            inputs,
            resultElement,
            (inner, elements) =>
            {
                Value? place = null;
                for (var d = 0; d < rank; d++)
                {
                    var index = inner.Emit(new IndexOp(inner.Location, d));
                    place = place is null
                        ? index
                        : inner.Emit(
                            new AddIOp(inner.Location, inner.Emit(new MulIOp(inner.Location, place, sizes[d])), index)
                        );
                }

                var linear = inner.Emit(new IndexCastOp(inner.Location, place ?? inner.Index(0), IntegerType.I64));
                return body(inner, elements, linear);
            }
        );
    }

    private Value Generic(
        Value[] inputs,
        AffineMap[] maps,
        Value shape,
        IrType resultElement,
        Func<Arithmetic, Value[], Value> body
    )
    {
        var type = ((RankedTensorType)shape.Type).With(((RankedTensorType)shape.Type).Shape.Span, resultElement);
        var init = arithmetic.Emit(new EmptyOp(arithmetic.Location, arithmetic.DynamicSizes(shape), type));
        var rank = type.Shape.Count;
        var op = new GenericOp(
            arithmetic.Location,
            inputs,
            [init],
            ArrayAttr.Get([.. maps.Append(AffineMap.Identity(rank)).Select(AffineMapAttr.Get)]),
            IteratorTypes(rank, IteratorType.Parallel),
            [type]
        );
        FillBody(op.Regions[0], [.. inputs.Append(init)], (inner, arguments) => body(inner, arguments[..^1]));
        return arithmetic.Emit(op);
    }

    private static ArrayAttr IteratorTypes(int count, IteratorType type) =>
        ArrayAttr.Get([.. Enumerable.Repeat<IrAttribute>(EnumAttr<IteratorType>.Get(type), count)]);

    private void FillBody(Region region, Value[] operands, Func<Arithmetic, Value[], Value> body)
    {
        var block = region.IsEmpty ? region.AddBlock() : region.Single;
        foreach (var operand in operands)
        {
            block.AddArgument(Arithmetic.ElementType(operand), arithmetic.Location);
        }

        var inner = new Arithmetic(new OpBuilder(block), arithmetic.Location);
        var result = body(inner, [.. block.Arguments]);
        inner.Builder.Insert(new Dialects.Linalg.YieldOp(arithmetic.Location, [result]));
    }

    /// <summary>Reduces all elements to one scalar, starting from <paramref name="initial"/>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="initial">The neutral element; what an empty tensor gives.</param>
    /// <param name="combine">Joins two partial results.</param>
    public Value Reduce(Value tensor, TypedAttr initial, Func<Arithmetic, Value, Value, Value> combine)
    {
        var type = (RankedTensorType)tensor.Type;
        var scalarType = RankedTensorType.Get([], type.ElementType);
        var init = arithmetic.Constant(DenseElementsAttr.Splat(scalarType, initial));
        if (type.Rank == 0)
        {
            return arithmetic.Emit(new ExtractOp(arithmetic.Location, tensor, []));
        }

        var op = new ReduceOp(
            arithmetic.Location,
            [tensor],
            [init],
            [.. Enumerable.Range(0, type.Rank).Select(d => (long)d)],
            [scalarType]
        );
        FillBody(op.Regions[0], [tensor, init], (inner, arguments) => combine(inner, arguments[0], arguments[1]));
        var reduced = arithmetic.Emit(op);
        return arithmetic.Emit(new ExtractOp(arithmetic.Location, reduced, []));
    }

    /// <summary>The number of elements as an <c>index</c>.</summary>
    public Value Count(Value tensor)
    {
        var type = (RankedTensorType)tensor.Type;
        var count = arithmetic.Index(1);
        for (var i = 0; i < type.Rank; i++)
        {
            count = arithmetic.Emit(new MulIOp(arithmetic.Location, count, arithmetic.Dim(tensor, i)));
        }

        return count;
    }
}
