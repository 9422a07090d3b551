using System.Linq.Expressions;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Calls of the static methods of <c>Tensor</c>.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportTensorCall(MethodCallExpression call)
    {
        var name = call.Method.Name;
        if (
            call.Arguments.Any(a =>
                a.Type.IsByRefLike && a.Type.Name.StartsWith("TensorSpan", StringComparison.Ordinal)
            )
        )
        {
            throw Unsupported(call, "kernels return new tensors; use the overload without a destination");
        }

        switch (name)
        {
            case "ConvertChecked" or "ConvertSaturating" or "ConvertTruncating":
                return ImportTensorConvert(call, name["Convert".Length..]);
            case "Round" when call.Arguments.Count > 1:
                return ImportRound(call);
            case "SinCos" or "SinCosPi" or "DivRem":
                return ImportPair(call, name);
            case "SequenceEqual":
                return ImportSequenceEqual(call);
            case "IndexOfMax" or "IndexOfMin" or "IndexOfMaxMagnitude" or "IndexOfMinMagnitude":
                return ImportIndexOf(call, name["IndexOf".Length..]);
            case "op_UnaryPlus":
                return Import(call.Arguments[0]);
        }

        if (ImportShapeCall(call) is { } shaped)
        {
            return shaped;
        }

        if (ScalarType.TryGet(call.Type) is { } result && call.Type != typeof(bool))
        {
            return At(call, () => Reduction(call, name, result));
        }

        if (call.Type == typeof(bool))
        {
            return ImportAllOrAny(call, name);
        }

        if (name == "SoftMax")
        {
            var x = ImportElements(call.Arguments[0]);
            var exp = _arithmetic.Emit(new ExpOp(_arithmetic.Location, x.Value));
            return x with { Value = _arithmetic.Divide(exp, _arithmetic.Splat(Sum(exp, x.Type), exp), x.Type) };
        }

        return Apply(call, FunctionOfOperator(name) ?? name, [.. call.Arguments], call.Type);
    }

    private Operand.Elements ImportTensorConvert(MethodCallExpression call, string how)
    {
        var operand = ImportElements(call.Arguments[0]);
        var to =
            ScalarType.TryGet(ElementTypeOf(call.Type)) ?? throw Unsupported(call, "the target is not a scalar type");
        return At(
            call,
            () =>
                new Operand.Elements(
                    how == "Checked" && operand.IsTensor
                        ? _tensors.Map(
                            [operand.Value],
                            to.IrType,
                            (inner, x) => inner.ConvertChecked(x[0], operand.Type, to)
                        )
                        : CreateFrom(operand.Value, operand.Type, to, how),
                    to
                )
        );
    }

    private Operand.Elements Reduction(MethodCallExpression call, string name, ScalarType result)
    {
        var operands = call.Arguments.Select(ImportElements).ToArray();
        var x = operands[0];
        var type = x.Type;
        if (operands.Length == 2)
        {
            var pair = _tensors.Broadcast(x.Value, operands[1].Value);
            return new Operand.Elements(
                name switch
                {
                    "HammingDistance" => CountTrue(
                        _arithmetic.Compare(ScalarComparison.NotEqual, pair[0], pair[1], type)
                    ),
                    "HammingBitDistance" when type.IsInteger => Sum(
                        BitsThatDiffer(pair[0], pair[1], type),
                        ScalarType.Int64
                    ),
                    "ProductOfSums" => ProductOf(_arithmetic.Add(pair[0], pair[1], type), type),
                    "ProductOfDifferences" => ProductOf(_arithmetic.Subtract(pair[0], pair[1], type), type),
                    "Dot" => Dot(pair[0], pair[1], type),
                    "Distance" when type.IsFloat => Norm(_arithmetic.Subtract(pair[0], pair[1], type), type),
                    "CosineSimilarity" when type.IsFloat => _arithmetic.Divide(
                        Dot(pair[0], pair[1], type),
                        _arithmetic.Multiply(Norm(pair[0], type), Norm(pair[1], type), type),
                        type
                    ),
                    _ => throw Unsupported(
                        call,
                        $"Tensor.{name} has no compiled form for {CSharpText.TypeName(type.ClrType)}"
                    ),
                },
                result
            );
        }

        var value = name switch
        {
            "Sum" => Sum(x.Value, type),
            "Product" => ProductOf(x.Value, type),
            "SumOfSquares" => Dot(x.Value, x.Value, type),
            "SumOfMagnitudes" => Sum(Magnitudes(x.Value, type), type),
            "Min" => Extreme(
                x.Value,
                type,
                (a, p, q) => a.Min(p, q, type),
                type.IsFloat ? double.PositiveInfinity : 0,
                type.MaxValue
            ),
            "Max" => Extreme(
                x.Value,
                type,
                (a, p, q) => a.Max(p, q, type),
                type.IsFloat ? double.NegativeInfinity : 0,
                type.MinValue
            ),
            "MinNumber" => Extreme(x.Value, type, (a, p, q) => a.MinNumber(p, q, type), double.NaN, type.MaxValue),
            "MaxNumber" => Extreme(x.Value, type, (a, p, q) => a.MaxNumber(p, q, type), double.NaN, type.MinValue),
            "MaxMagnitude" or "MinMagnitude" or "MaxMagnitudeNumber" or "MinMagnitudeNumber" => ExtremeMagnitude(
                x.Value,
                type,
                name
            ),
            "Average" => Average(x.Value, type),
            "Norm" when type.IsFloat => Norm(x.Value, type),
            "StdDev" when type.IsFloat => StandardDeviation(x.Value, type),
            _ => throw Unsupported(call, $"Tensor.{name} has no compiled form for {CSharpText.TypeName(type.ClrType)}"),
        };
        return new Operand.Elements(value, result);
    }

    private static TypedAttr Number(ScalarType type, double value) =>
        type.IsFloat ? FloatAttr.Get((FloatType)type.IrType, value) : IntegerAttr.Get(type.IrType, (Int128)value);

    private Value Sum(Value x, ScalarType type)
    {
        // Partial sums of half precision would lose what they add: they are single.
        if (type is { IsFloat: true, Width: < 32 })
        {
            return _arithmetic.InSingle(x, type, Sum);
        }

        return _tensors.Reduce(x, Number(type, 0), (a, p, q) => a.Add(p, q, type));
    }

    private Value ProductOf(Value x, ScalarType type) =>
        _tensors.Reduce(x, Number(type, 1), (a, p, q) => a.Multiply(p, q, type));

    /// <summary>Absolute values; of integers with a check in the body.</summary>
    private Value Magnitudes(Value x, ScalarType type) =>
        type.IsSigned
            ? _tensors.Map([x], type.IrType, (inner, elements) => inner.Abs(elements[0], type))
            : _arithmetic.Abs(x, type);

    private Value CountTrue(Value conditions) =>
        Sum(
            _arithmetic.Emit(
                new ExtUIOp(_arithmetic.Location, conditions, Arithmetic.Reshape(conditions, IntegerType.I32))
            ),
            ScalarType.Int32
        );

    private Value BitsThatDiffer(Value x, Value y, ScalarType type)
    {
        var count = _arithmetic.Emit(new CtPopOp(_arithmetic.Location, _arithmetic.Xor(x, y)));
        return type.Width == 64
            ? count
            : _arithmetic.Emit(new ExtUIOp(_arithmetic.Location, count, Arithmetic.Reshape(count, IntegerType.I64)));
    }

    /// <summary><c>SinCos</c>, <c>SinCosPi</c> and <c>DivRem</c>: two tensors.</summary>
    private Operand.Struct ImportPair(MethodCallExpression call, string name)
    {
        var (first, second) = name switch
        {
            "SinCos" => ("Sin", "Cos"),
            "SinCosPi" => ("SinPi", "CosPi"),
            _ => ("Divide", "Remainder"),
        };
        var type = call.Arguments[0].Type;
        return new Operand.Struct([
            Apply(call, first, [.. call.Arguments], type),
            Apply(call, second, [.. call.Arguments], type),
        ]);
    }

    private Value Dot(Value x, Value y, ScalarType type) => Sum(_arithmetic.Multiply(x, y, type), type);

    private Value Norm(Value x, ScalarType type) => _arithmetic.Emit(new SqrtOp(_arithmetic.Location, Dot(x, x, type)));

    private Value Extreme(
        Value x,
        ScalarType type,
        Func<Arithmetic, Value, Value, Value> combine,
        double floatStart,
        Int128 integerStart
    ) =>
        _tensors.Reduce(
            x,
            NotEmpty(
                x,
                type.IsFloat
                    ? FloatAttr.Get((FloatType)type.IrType, floatStart)
                    : IntegerAttr.Get(type.IrType, integerStart)
            ),
            combine
        );

    private Value ExtremeMagnitude(Value x, ScalarType type, string name)
    {
        var larger = name.StartsWith("Max", StringComparison.Ordinal);
        var number = name.EndsWith("Number", StringComparison.Ordinal);

        // What the first element always wins against: the least magnitude, −0, or the greatest, which of integers is the minimum's.
        return Extreme(
            x,
            type,
            (a, p, q) => a.Magnitude(p, q, type, larger, number),
            number ? double.NaN
                : larger ? -0.0
                : double.PositiveInfinity,
            larger ? 0
                : type.IsSigned ? type.MinValue
                : type.MaxValue
        );
    }

    /// <summary>The place of the first extreme element; of NaNs the first one's; −1 where there is none.</summary>
    private Operand.Elements ImportIndexOf(MethodCallExpression call, string name)
    {
        var x = ImportElements(call.Arguments[0]);
        var type = x.Type;
        var value = x.Value;
        var extreme = name switch
        {
            "Max" => _tensors.Reduce(
                value,
                type.IsFloat ? Number(type, double.NegativeInfinity) : IntegerAttr.Get(type.IrType, type.MinValue),
                (a, p, q) => a.Max(p, q, type)
            ),
            "Min" => _tensors.Reduce(
                value,
                type.IsFloat ? Number(type, double.PositiveInfinity) : IntegerAttr.Get(type.IrType, type.MaxValue),
                (a, p, q) => a.Min(p, q, type)
            ),
            "MaxMagnitude" => _tensors.Reduce(
                value,
                Number(type, type.IsFloat ? -0.0 : 0),
                (a, p, q) => a.Magnitude(p, q, type, larger: true, number: false)
            ),
            _ => _tensors.Reduce(
                value,
                type.IsFloat
                    ? Number(type, double.PositiveInfinity)
                    : IntegerAttr.Get(type.IrType, type.IsSigned ? type.MinValue : type.MaxValue),
                (a, p, q) => a.Magnitude(p, q, type, larger: false, number: false)
            ),
        };
        var none = IntegerAttr.Get(IntegerType.I64, long.MaxValue);
        var splat = _arithmetic.Splat(extreme, value);
        var places = _tensors.MapWithPlace(
            [value, splat],
            IntegerType.I64,
            (a, elements, place) =>
            {
                // Bits tell +0 from −0, which the extreme does too; any NaN is as good as another.
                var same = type.IsFloat
                    ? a.Or(a.IsNaN(elements[0]), a.SameBits(elements[0], elements[1], type))
                    : a.Compare(ScalarComparison.Equal, elements[0], elements[1], type);
                return a.Select(same, place, a.Constant(none));
            }
        );
        var first = _tensors.Reduce(places, none, (a, p, q) => a.Min(p, q, ScalarType.Int64));
        var missing = _arithmetic.Compare(ScalarComparison.Equal, first, _arithmetic.Constant(none), ScalarType.Int64);
        var native = ScalarType.TryGet(typeof(nint))!;
        return new Operand.Elements(_arithmetic.Select(missing, _arithmetic.Int(-1, first), first), native);
    }

    /// <summary>Whether two tensors have one shape and equal elements, of which as objects a NaN equals itself.</summary>
    private Operand.Elements ImportSequenceEqual(MethodCallExpression call)
    {
        var (x, y) = (ImportElements(call.Arguments[0]), ImportElements(call.Arguments[1]));
        var (tx, ty) = ((RankedTensorType)x.Value.Type, (RankedTensorType)y.Value.Type);
        var no = _arithmetic.Constant(IntegerAttr.False);
        if (tx.Rank != ty.Rank)
        {
            return new Operand.Elements(no, ScalarType.Bool);
        }

        Operand Elements()
        {
            var equal = _arithmetic.Compare(ScalarComparison.Equal, x.Value, y.Value, x.Type);
            if (x.Type.IsFloat)
            {
                equal = _arithmetic.Or(equal, _arithmetic.And(_arithmetic.IsNaN(x.Value), _arithmetic.IsNaN(y.Value)));
            }

            return new Operand.Elements(
                _tensors.Reduce(equal, IntegerAttr.Get(true), (a, p, q) => a.And(p, q)),
                ScalarType.Bool
            );
        }

        if (_module.SameShape)
        {
            return (Operand.Elements)Elements();
        }

        var arrays = new ArrayEmitter(_arithmetic);
        var same = _arithmetic.Constant(IntegerAttr.True);
        for (var d = 0; d < tx.Rank; d++)
        {
            var (isOpenX, isOpenY) = (tx.IsDynamicDim(d), ty.IsDynamicDim(d));
            if (!isOpenX && !isOpenY && tx.Shape[d] != ty.Shape[d])
            {
                return new Operand.Elements(no, ScalarType.Bool);
            }

            if (isOpenX || isOpenY)
            {
                same = _arithmetic.And(
                    same,
                    _arithmetic.CompareIndex(CmpIPredicate.Eq, arrays.Size(x.Value, d), arrays.Size(y.Value, d))
                );
            }
        }

        // Elements are compared only where there are as many, so the choice is one of regions.
        var (whenSame, equal) = Aside(Elements);
        var (otherwise, different) = Aside(() =>
            new Operand.Elements(_arithmetic.Constant(IntegerAttr.False), ScalarType.Bool)
        );
        var choice = new Dialects.Scf.IfOp(_arithmetic.Location, same, [IntegerType.I1]);
        FillBranch(choice.ThenRegion, whenSame, [(Operand.Elements)equal]);
        FillBranch(choice.ElseRegion, otherwise, [(Operand.Elements)different]);
        return new Operand.Elements(_arithmetic.Emit(choice), ScalarType.Bool);
    }

    /// <summary>Checks that there is an element to start from, as the eager function does.</summary>
    private TypedAttr NotEmpty(Value tensor, TypedAttr initial)
    {
        var count = _tensors.Count(tensor);
        _arithmetic.Assert(
            _arithmetic.Emit(new CmpIOp(_arithmetic.Location, count, _arithmetic.Index(0), CmpIPredicate.Ne)),
            "System.ArgumentException: The tensor must not be empty."
        );
        return initial;
    }

    private Value CountAs(Value x, ScalarType type)
    {
        var count = _arithmetic.Emit(new IndexCastOp(_arithmetic.Location, _tensors.Count(x), IntegerType.I64));
        return _arithmetic.ConvertChecked(count, ScalarType.Int64, type);
    }

    private Value Average(Value x, ScalarType type) => _arithmetic.Divide(Sum(x, type), CountAs(x, type), type);

    private Value StandardDeviation(Value x, ScalarType type)
    {
        var mean = _arithmetic.Splat(Average(x, type), x);
        var deviation = _arithmetic.Subtract(x, mean, type);
        return _arithmetic.Emit(
            new SqrtOp(_arithmetic.Location, Average(_arithmetic.Multiply(deviation, deviation, type), type))
        );
    }

    /// <summary><c>GreaterThanAll</c>, <c>EqualsAny</c> and the like: a comparison, then a reduction over truth values.</summary>
    private Operand.Elements ImportAllOrAny(MethodCallExpression call, string name)
    {
        var all = name.EndsWith("All", StringComparison.Ordinal);
        if (!all && !name.EndsWith("Any", StringComparison.Ordinal))
        {
            throw Unsupported(call, $"Tensor.{name} has no compiled form");
        }

        var compared = Apply(call, name[..^3], [.. call.Arguments], typeof(bool));
        return compared with
        {
            Value = compared.IsTensor
                ? _tensors.Reduce(compared.Value, IntegerAttr.Get(all), (a, p, q) => all ? a.And(p, q) : a.Or(p, q))
                : compared.Value,
        };
    }
}
