using System.Buffers;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Arrays;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>The functions of <c>Tensor</c> that make tensors of other shapes.</content>
public sealed partial class ExpressionImporter
{
    private const string WrongLengths =
        "System.ArgumentException: The lengths do not hold as many elements as the tensor has.";
    private const string OutOfRange = "System.ArgumentOutOfRangeException: The range lies outside the tensor.";
    private const string LengthsDiffer = "System.ArgumentException: The lengths of the tensors differ.";

    /// <summary>What a function of shapes gives, or null for another function.</summary>
    private Operand? ImportShapeCall(MethodCallExpression call)
    {
        var name = call.Method.Name;
        if (name is "Create" or "CreateFromShape" or "CreateFromShapeUninitialized")
        {
            return ImportCreateTensor(call, name);
        }

        if (name is "Concatenate" or "ConcatenateOnDimension" or "Stack" or "StackAlongDimension")
        {
            return At(call, () => ImportJoin(call, name));
        }

        if (
            name
            is not (
                "Broadcast"
                or "PermuteDimensions"
                or "Reshape"
                or "Resize"
                or "Reverse"
                or "ReverseDimension"
                or "SetSlice"
                or "Squeeze"
                or "SqueezeDimension"
                or "Transpose"
                or "Unsqueeze"
            )
        )
        {
            return null;
        }

        var x = ImportElements(call.Arguments[0]);
        return At(call, () => x with { Value = ImportReshaped(call, name, x) });
    }

    private Value ImportReshaped(MethodCallExpression call, string name, Operand.Elements x)
    {
        if (name != "Reverse")
        {
            _module.RequireShapes();
        }

        var arrays = new ArrayEmitter(_arithmetic);
        var rank = ArrayEmitter.RankOf(x.Value);
        switch (name)
        {
            case "Broadcast":
                return ImportBroadcast(call, arrays, x);
            case "PermuteDimensions":
                var order = Known<int[]>(call, call.Arguments[1], "the order of the dimensions");
                int[] axes = order.Length == 0 ? [.. Enumerable.Range(0, rank).Reverse()] : order;
                return axes.Order().SequenceEqual(Enumerable.Range(0, rank))
                    ? arrays.Permute(x.Value, axes)
                    : throw Unsupported(call, $"the dimensions of a tensor of rank {rank} are each named once");
            case "Transpose":
                return rank >= 2
                    ? arrays.Permute(x.Value, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2])
                    : throw Unsupported(call, "only a tensor of two or more dimensions has a transpose");
            case "Reshape":
                return arrays.Reshape(x.Value, ImportLengths(call, call.Arguments[1], arrays, x.Value));
            case "Resize":
                return ImportResize(call, arrays, x);
            case "Reverse":
                return Flattened(arrays, x.Value, flat => arrays.Reverse(flat, 0));
            case "ReverseDimension":
                return Dimension(call, 1, rank, orAll: true) is var along && along < 0
                    ? Flattened(arrays, x.Value, flat => arrays.Reverse(flat, 0))
                    : arrays.Reverse(x.Value, along);
            case "SetSlice":
                return ImportSetSlice(call, arrays, x);
            case "Squeeze":
                return Squeeze(call, arrays, x.Value, null);
            case "SqueezeDimension":
                var dropped = Dimension(call, 1, rank, orAll: true);
                return Squeeze(call, arrays, x.Value, dropped < 0 ? null : dropped);
            default:
                return arrays.ExpandDims(x.Value, Dimension(call, 1, rank + 1, orAll: false));
        }
    }

    private static Value Flattened(ArrayEmitter arrays, Value x, Func<Value, Value> function)
    {
        if (ArrayEmitter.RankOf(x) == 1)
        {
            return function(x);
        }

        var sizes = arrays.Sizes(x);
        return arrays.Reshape(function(arrays.Flat(x)), sizes);
    }

    private Value Squeeze(MethodCallExpression call, ArrayEmitter arrays, Value x, int? dimension)
    {
        var type = ArrayEmitter.TypeOf(x);
        if (dimension is { } one && type.Shape[one] != 1)
        {
            throw Unsupported(call, $"dimension {one} is not known to have size 1");
        }

        var sizes = arrays.Sizes(x);
        Value[] kept = [.. sizes.Where((_, d) => dimension is { } only ? d != only : type.Shape[d] != 1)];
        return kept.Length == sizes.Length ? x
            : kept.Length > 0 ? arrays.Reshape(x, kept)
            : throw Unsupported(call, "no dimension would be left");
    }

    private Value ImportBroadcast(MethodCallExpression call, ArrayEmitter arrays, Operand.Elements x)
    {
        var sizes = IsTensorLike(call.Arguments[1].Type)
            ? arrays.Sizes(ImportElements(call.Arguments[1]).Value)
            : [.. Lengths(call, call.Arguments[1]).Select(ImportLength)];
        var type = ArrayEmitter.TypeOf(x.Value);
        if (sizes.Length < type.Rank)
        {
            throw Unsupported(call, $"a tensor of rank {type.Rank} does not broadcast to {sizes.Length} dimensions");
        }

        for (var d = 0; d < type.Rank; d++)
        {
            x = x with { Value = _tensors.MeetSize(x.Value, d, sizes[sizes.Length - type.Rank + d]) };
        }

        return arrays.Broadcast(x.Value, sizes);
    }

    /// <summary>The first elements in a row, zeros where there are not enough.</summary>
    private Value ImportResize(MethodCallExpression call, ArrayEmitter arrays, Operand.Elements x)
    {
        Value[] sizes = [.. Lengths(call, call.Arguments[1]).Select(ImportLength)];
        var flat = arrays.Flat(x.Value);
        var wanted = Product(sizes);
        var common = _arithmetic.MinIndex(arrays.Size(flat, 0), wanted);
        var first = arrays.Slice(flat, 0, _arithmetic.Index(0), common, 1);
        var zeros = arrays.Full([wanted], _arithmetic.Constant(Number(x.Type, 0)));
        return arrays.Reshape(arrays.Insert(first, zeros, 0, _arithmetic.Index(0)), sizes);
    }

    private Value ImportSetSlice(MethodCallExpression call, ArrayEmitter arrays, Operand.Elements x)
    {
        if (!IsFresh(call.Arguments[0]))
        {
            throw Unsupported(
                call,
                "it would write into the lambda's argument, which kernels never do; set the slice of a computed tensor, as x + 0"
            );
        }

        var values = ImportElements(call.Arguments[1]);
        var rank = ArrayEmitter.RankOf(x.Value);
        var slices = Ranges(call, call.Arguments[2], arrays, x.Value);
        if (ArrayEmitter.RankOf(values.Value) != rank)
        {
            throw Unsupported(call, $"the values have {ArrayEmitter.RankOf(values.Value)} dimensions, not {rank}");
        }

        for (var d = 0; d < rank; d++)
        {
            arrays.RequireEqual(slices[d].Count, arrays.Size(values.Value, d), LengthsDiffer);
        }

        return arrays.Insert(values.Value, x.Value, [.. slices.Select(s => s.First)]);
    }

    /// <summary>Whether the expression makes a tensor of its own, of which nobody else knows.</summary>
    private static bool IsFresh(Expression expression) =>
        expression switch
        {
            BinaryExpression => true,
            UnaryExpression { NodeType: ExpressionType.Convert } convert => IsFresh(convert.Operand),
            UnaryExpression { NodeType: ExpressionType.UnaryPlus } => false,
            UnaryExpression => true,
            MethodCallExpression
            {
                Method.Name: "Reshape"
                    or "Squeeze"
                    or "SqueezeDimension"
                    or "Unsqueeze"
                    or "SetSlice"
                    or "Transpose"
                    or "PermuteDimensions"
                    or "Create"
                    or "op_UnaryPlus"
            } call => call.Method.DeclaringType == typeof(Tensor) && IsFresh(call.Arguments[0]),
            MethodCallExpression call => call.Method.DeclaringType == typeof(Tensor),
            _ => false,
        };

    private Operand.Elements ImportJoin(MethodCallExpression call, string name)
    {
        _module.RequireShapes();
        var arrays = new ArrayEmitter(_arithmetic);
        var dimension = call.Arguments.Count == 2 ? Known<int>(call, call.Arguments[0], "the dimension") : 0;
        if (Unwrapped(call.Arguments[^1]) is not NewArrayExpression { NodeType: ExpressionType.NewArrayInit } list)
        {
            throw Unsupported(call, "the tensors must be written out, as new Tensor<T>[] { x, y }");
        }

        var parts = list.Expressions.Select(ImportElements).ToArray();
        if (parts.Length == 0)
        {
            throw Unsupported(call, "there is nothing to join");
        }

        var rank = ArrayEmitter.RankOf(parts[0].Value);
        if (parts.Any(p => ArrayEmitter.RankOf(p.Value) != rank) && dimension >= 0)
        {
            throw Unsupported(call, "the tensors have different numbers of dimensions");
        }

        var stack = name.StartsWith("Stack", StringComparison.Ordinal);
        if (dimension < (stack ? 0 : -1) || dimension >= (stack ? rank + 1 : rank))
        {
            throw Unsupported(call, $"there is no dimension {dimension}");
        }

        var values = parts.Select(p => p.Value).ToArray();
        if (dimension < 0)
        {
            return parts[0] with { Value = arrays.Concatenate([.. values.Select(arrays.Flat)], 0) };
        }

        foreach (var value in values.AsSpan(1))
        {
            for (var d = 0; d < rank; d++)
            {
                if (stack || d != dimension)
                {
                    arrays.RequireEqual(arrays.Size(values[0], d), arrays.Size(value, d), LengthsDiffer);
                }
            }
        }

        return parts[0] with
        {
            Value = arrays.Concatenate(
                stack ? [.. values.Select(v => arrays.ExpandDims(v, dimension))] : values,
                dimension
            ),
        };
    }

    /// <summary><c>Tensor.Split(x, n, d)[i]</c>.</summary>
    private Operand.Elements ImportPart(MethodCallExpression split, Expression index)
    {
        _module.RequireShapes();
        var arrays = new ArrayEmitter(_arithmetic);
        var x = ImportElements(split.Arguments[0]);
        var dimension = (int)Known<nint>(split, split.Arguments[2], "the dimension");
        if (dimension < 0 || dimension >= ArrayEmitter.RankOf(x.Value))
        {
            throw Unsupported(split, $"there is no dimension {dimension}");
        }

        var count = ImportLength(split.Arguments[1]);
        var part = ImportLength(index);
        return At(
            split,
            () =>
            {
                var size = arrays.Size(x.Value, dimension);
                Require(
                    CmpIPredicate.Sgt,
                    count,
                    _arithmetic.Index(0),
                    "System.ArgumentException: There must be a part."
                );
                var length = _arithmetic.DivideIndex(size, count);
                arrays.RequireEqual(
                    _arithmetic.MultiplyIndex(length, count),
                    size,
                    "System.ArgumentException: The tensor does not split into equal parts."
                );
                Require(CmpIPredicate.Ult, part, count, IndexOutOfRange);
                var first = _arithmetic.MultiplyIndex(part, length);
                return x with { Value = arrays.Slice(x.Value, dimension, first, length, 1) };
            }
        );
    }

    private Operand.Elements ImportCreateTensor(MethodCallExpression call, string name)
    {
        _module.RequireShapes();
        var arrays = new ArrayEmitter(_arithmetic);
        var parameters = call.Method.GetParameters();
        if (parameters.Any(p => p.Name is "strides" or "start"))
        {
            throw Unsupported(call, "a tensor over a part of an array is made before the call");
        }

        var type =
            ScalarType.TryGet(ElementTypeOf(call.Type))
            ?? throw Unsupported(call, "the elements are no scalars that kernels compute with");
        if (name != "Create")
        {
            Value[] sizes = [.. Lengths(call, call.Arguments[0]).Select(ImportLength)];
            return new Operand.Elements(arrays.Full(sizes, _arithmetic.Constant(Number(type, 0))), type);
        }

        Value elements;
        switch (Unwrapped(call.Arguments[0]))
        {
            case NewArrayExpression { NodeType: ExpressionType.NewArrayBounds, Expressions: [var length] }:
                elements = arrays.Full([ImportLength(length)], _arithmetic.Constant(Number(type, 0)));
                break;
            case NewArrayExpression { NodeType: ExpressionType.NewArrayInit, Expressions: { Count: > 0 } list }:
                var made = _arithmetic.Emit(
                    new FromElementsOp(
                        _arithmetic.Location,
                        [.. list.Select(e => ImportScalar(e).Value)],
                        RankedTensorType.Get([list.Count], type.IrType)
                    )
                );
                elements = list.Count == 1 ? made : Open(made);
                break;
            case var array:
                elements = ImportElements(array).Value;
                break;
        }

        return new Operand.Elements(
            call.Arguments.Count == 1
                ? elements
                : At(call, () => arrays.Reshape(elements, ImportLengths(call, call.Arguments[1], arrays, elements))),
            type
        );
    }

    private Value Open(Value tensor)
    {
        var type = (RankedTensorType)tensor.Type;
        return _arithmetic.Emit(
            new CastOp(_arithmetic.Location, tensor, RankedTensorType.Get([ShapedType.Dynamic], type.ElementType))
        );
    }

    /// <summary><c>x.Slice(…)</c> and <c>x[…]</c> of ranges, or of the places where dimensions begin.</summary>
    private Operand ImportSlice(MethodCallExpression call)
    {
        _module.RequireShapes();
        var arrays = new ArrayEmitter(_arithmetic);
        var x = ImportElements(call.Object!);
        return At(
            call,
            () =>
            {
                var value = x.Value;
                var slices = Ranges(call, call.Arguments[0], arrays, value);
                for (var d = 0; d < slices.Length; d++)
                {
                    if (!slices[d].IsAll)
                    {
                        value = arrays.Slice(value, d, slices[d].First, slices[d].Count, 1);
                    }
                }

                return x with
                {
                    Value = value,
                };
            }
        );
    }

    private (Value First, Value Count, bool IsAll)[] Ranges(
        Expression source,
        Expression argument,
        ArrayEmitter arrays,
        Value x
    )
    {
        var rank = ArrayEmitter.RankOf(x);
        if (Unwrapped(argument) is not NewArrayExpression { NodeType: ExpressionType.NewArrayInit } list)
        {
            throw Unsupported(
                source,
                "the ranges must be written out, as new NRange[] { new NRange(0, 2), NRange.All }"
            );
        }

        if (list.Expressions.Count != rank)
        {
            throw Unsupported(source, $"there are {list.Expressions.Count} ranges for {rank} dimensions");
        }

        var ranges = new (Value, Value, bool)[rank];
        for (var d = 0; d < rank; d++)
        {
            var size = arrays.Size(x, d);
            var item = list.Expressions[d];
            var (start, end) = item.Type == typeof(NRange) ? Range(item) : (item, null);
            var first = start is null ? _arithmetic.Index(0) : Place(start, size);
            var last = end is null ? size : Place(end, size);
            if (start is not null || end is not null)
            {
                // As unsigned numbers: 0 ≤ first ≤ last ≤ size.
                Require(CmpIPredicate.Ule, first, last, OutOfRange);
                Require(CmpIPredicate.Ule, last, size, OutOfRange);
            }

            ranges[d] = (first, _arithmetic.SubtractIndex(last, first), start is null && end is null);
        }

        return ranges;
    }

    /// <summary>The beginning and the end of a range; null where it is the tensor's.</summary>
    private (Expression? Start, Expression? End) Range(Expression range) =>
        range switch
        {
            NewExpression { Arguments: [var start, var end] } => (start, end),
            MemberExpression { Expression: null, Member.Name: "All" } => (null, null),
            MethodCallExpression { Method.Name: "StartAt", Arguments: [var start] } => (start, null),
            MethodCallExpression { Method.Name: "EndAt", Arguments: [var end] } => (null, end),
            _ => throw Unsupported(range, "a range must be written out, as new NRange(1, 3) or NRange.All"),
        };

    /// <summary>A place in a dimension of size <paramref name="size"/>.</summary>
    private Value Place(Expression place, Value size)
    {
        if (place.Type != typeof(NIndex))
        {
            return ImportLength(place);
        }

        switch (place)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert } convert
                when ScalarType.TryGet(convert.Operand.Type) is not null:
                return ImportLength(convert.Operand);
            case MemberExpression { Expression: null, Member.Name: "Start" }:
                return _arithmetic.Index(0);
            case MemberExpression { Expression: null, Member.Name: "End" }:
                return size;
            case MethodCallExpression { Method.Name: "FromStart", Arguments: [var from] }:
                return ImportLength(from);
            case MethodCallExpression { Method.Name: "FromEnd", Arguments: [var back] }:
                return _arithmetic.SubtractIndex(size, ImportLength(back));
            case NewExpression { Arguments: [var value] }:
                return ImportLength(value);
            case NewExpression { Arguments: [var value, var fromEnd] }:
                return Known<bool>(place, fromEnd, "whether it counts from the end")
                    ? _arithmetic.SubtractIndex(size, ImportLength(value))
                    : ImportLength(value);
            default:
                throw Unsupported(place, "a place must be written out, as new NIndex(1, true)");
        }
    }

    /// <summary>The lengths that a tensor is to have, of which one may be −1: as many as it takes.</summary>
    private Value[] ImportLengths(Expression source, Expression argument, ArrayEmitter arrays, Value x)
    {
        Value[] sizes = [.. Lengths(source, argument).Select(ImportLength)];
        if (sizes.Length == 0)
        {
            throw Unsupported(source, "no dimension would be left");
        }

        var open = Array.FindIndex(sizes, s => s.ConstInt is { } known && known == -1);
        var count = _tensors.Count(x);
        if (open >= 0)
        {
            sizes[open] = _arithmetic.Index(1);
            var rest = Product(sizes);
            Require(CmpIPredicate.Sgt, rest, _arithmetic.Index(0), WrongLengths);
            sizes[open] = _arithmetic.DivideIndex(count, rest);
        }

        arrays.RequireEqual(Product(sizes), count, WrongLengths);
        return sizes;
    }

    private IEnumerable<Expression> Lengths(Expression source, Expression argument) =>
        Unwrapped(argument) switch
        {
            NewArrayExpression { NodeType: ExpressionType.NewArrayInit } list => list.Expressions,
            var other when KnownValue.TryRead(other, out var value) && value is nint[] lengths => lengths.Select(l =>
                Expression.Constant(l)
            ),
            _ => throw Unsupported(
                source,
                "the lengths must be written out, as new nint[] { 2, 3 }: their number is the rank of the result"
            ),
        };

    /// <summary>A length or place as an <c>index</c>; one that is known while compiling is a constant.</summary>
    private Value ImportLength(Expression length) =>
        TryReadInteger(length, out var known) ? _arithmetic.Index(known) : ToIndex(ImportScalar(length));

    private static bool TryReadInteger(Expression expression, out long value)
    {
        value = 0;
        while (
            expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
        )
        {
            expression = convert.Operand;
        }

        if (!KnownValue.TryRead(expression, out var known) || known is not (int or nint or long or byte or short))
        {
            return false;
        }

        value = known is nint native
            ? native
            : Convert.ToInt64(known, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    private T Known<T>(Expression source, Expression argument, string what)
    {
        var plain = Unwrapped(argument);
        if (TryReadInteger(plain, out var integer))
        {
            if (typeof(T) == typeof(int))
            {
                return (T)(object)(int)integer;
            }

            if (typeof(T) == typeof(nint))
            {
                return (T)(object)(nint)integer;
            }
        }

        return KnownValue.TryRead(plain, out var value) && value is T known
            ? known
            : throw Unsupported(source, $"{what} must be written out as a constant");
    }

    private int Dimension(MethodCallExpression call, int argument, int count, bool orAll)
    {
        var dimension = Known<int>(call, call.Arguments[argument], "the dimension");
        return dimension >= (orAll ? -1 : 0) && dimension < count
            ? dimension
            : throw Unsupported(call, $"there is no dimension {dimension}");
    }

    private Value Product(IEnumerable<Value> sizes) =>
        sizes.Aggregate(_arithmetic.Index(1), (product, s) => _arithmetic.MultiplyIndex(product, s));

    private void Require(CmpIPredicate predicate, Value a, Value b, string error) =>
        _arithmetic.Assert(_arithmetic.CompareIndex(predicate, a, b), error);

    /// <summary>What is converted to a span.</summary>
    private static Expression Unwrapped(Expression argument) =>
        argument switch
        {
            UnaryExpression { NodeType: ExpressionType.Convert } convert
                when argument.Type.IsByRefLike || argument.Type.IsArray => Unwrapped(convert.Operand),
            MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] }
                when argument.Type.IsByRefLike => Unwrapped(array),
            _ => argument,
        };

    private static bool IsTensorLike(Type type) =>
        IsTensorType(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlyTensorSpan<>));
}
