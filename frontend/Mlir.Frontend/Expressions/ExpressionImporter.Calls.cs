using System.Linq.Expressions;
using System.Numerics;
using System.Numerics.Tensors;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Calls of the functions that the compiler knows.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportCall(MethodCallExpression call)
    {
        var method = call.Method;
        var type = method.DeclaringType!;
        if (type == typeof(ValueTuple) && method.Name == "Create")
        {
            return ImportTuple(call);
        }

        if (FunctionCall.Of(call) is { } function)
        {
            return ImportFunctionCall(call, function);
        }

        if (ThrownException.Of(call) is { } exception)
        {
            return ImportThrow(call, exception);
        }

        if (type == typeof(Mlir.Arrays.Loop))
        {
            return ImportLoop(call);
        }

        if (type == typeof(Mlir.Arrays.TensorFunctions))
        {
            return ImportTensorCall(call);
        }

        if (type.Assembly == typeof(Mlir.Arrays.Reductions).Assembly)
        {
            return ImportArrayFunction(call);
        }

        if (type == typeof(string))
        {
            return ImportStringCall(call);
        }

        if (call.Object is not null)
        {
            return ImportInstanceCall(call);
        }

        if (type == typeof(Tensor))
        {
            return ImportTensorCall(call);
        }

        if (
            type == typeof(Math)
            || type == typeof(MathF)
            || type == typeof(BitOperations)
            || ScalarType.TryGet(type) is not null
        )
        {
            return ImportScalarCall(call);
        }

        throw Unsupported(
            call,
            $"the compiler knows the static methods of Math, MathF, BitOperations, Tensor, string and the numeric types, not {CSharpText.TypeName(type)}.{method.Name}"
        );
    }

    private Operand ImportInstanceCall(MethodCallExpression call)
    {
        if (
            call.Method.Name == nameof(Equals)
            && call.Arguments.Count == 1
            && ScalarType.TryGet(call.Object!.Type) is { } type
            && call.Arguments[0].Type == call.Object.Type
        )
        {
            var (a, b) = (ImportScalar(call.Object).Value, ImportScalar(call.Arguments[0]).Value);
            var equal = _arithmetic.Compare(ScalarComparison.Equal, a, b, type);

            // As an object a NaN equals itself.
            return new Operand.Elements(
                type.IsFloat
                    ? _arithmetic.Or(equal, _arithmetic.And(_arithmetic.IsNaN(a), _arithmetic.IsNaN(b)))
                    : equal,
                ScalarType.Bool
            );
        }

        if (call.Method.Name == "ToDenseTensor" && IsTensorType(call.Object!.Type))
        {
            return Import(call.Object);
        }

        if (call.Method.Name is "Slice" or "get_Item" && IsTensorType(call.Object!.Type))
        {
            return ImportSlice(call);
        }

        if (call.Object!.Type.IsArray)
        {
            switch (call.Method.Name)
            {
                case "Get":
                    return ImportArrayAccess(call, call.Object, call.Arguments);
                case nameof(Array.GetLength):
                    return ImportArrayLength(call);
            }
        }

        throw Unsupported(call, "this method has no compiled form");
    }

    private Operand ImportScalarCall(MethodCallExpression call)
    {
        var name = call.Method.Name;
        if (name == "SinCos")
        {
            var angle = ImportScalar(call.Arguments[0]);
            return new Operand.Struct([
                angle with
                {
                    Value = _arithmetic.Emit(new SinOp(_arithmetic.Location, angle.Value)),
                },
                angle with
                {
                    Value = _arithmetic.Emit(new CosOp(_arithmetic.Location, angle.Value)),
                },
            ]);
        }

        if (name is "CreateChecked" or "CreateSaturating" or "CreateTruncating")
        {
            return ImportCreate(call, name);
        }

        if (name == "Round" && call.Arguments.Count > 1)
        {
            return ImportRound(call);
        }

        if (name is "BigMul" or "DivRem")
        {
            throw Unsupported(call, $"{name} has no compiled form");
        }

        return Apply(call, name, [.. call.Arguments], call.Type);
    }

    private Operand.Elements ImportCreate(MethodCallExpression call, string name)
    {
        var operand = ImportScalar(call.Arguments[0]);
        var to = ScalarType.TryGet(call.Type) ?? throw Unsupported(call, "the target is not a scalar type");
        return At(
            call,
            () => new Operand.Elements(CreateFrom(operand.Value, operand.Type, to, name["Create".Length..]), to)
        );
    }

    private Value CreateFrom(Value value, ScalarType from, ScalarType to, string how) =>
        how switch
        {
            "Checked" => _arithmetic.ConvertChecked(value, from, to),

            // From a float, generic math truncates to the nearest value in range; from an integer it keeps the low bits.
            "Truncating" when !from.IsFloat => _arithmetic.Convert(value, from, to),
            _ => _arithmetic.ConvertSaturating(value, from, to),
        };

    /// <summary><c>Round(x, mode)</c>, <c>Round(x, digits)</c> and <c>Round(x, digits, mode)</c>.</summary>
    private Operand ImportRound(MethodCallExpression call)
    {
        var operand = ImportElements(call.Arguments[0]);
        var mode = MidpointRounding.ToEven;
        if (call.Arguments[^1].Type == typeof(MidpointRounding))
        {
            mode = call.Arguments[^1] is ConstantExpression { Value: MidpointRounding known }
                ? known
                : throw Unsupported(call, "the MidpointRounding must be a constant");
        }

        if (call.Arguments[1].Type == typeof(MidpointRounding))
        {
            return operand with { Value = Round(call, operand.Value, mode) };
        }

        if (!operand.Type.IsFloat)
        {
            throw Unsupported(call, "only floats are rounded");
        }

        var digits = ImportScalar(call.Arguments[1]).Value;
        return At(
            call,
            () =>
                operand with
                {
                    Value = _arithmetic.RoundDigits(operand.Value, digits, operand.Type, x => Round(call, x, mode)),
                }
        );
    }

    private Value Round(MethodCallExpression call, Value x, MidpointRounding mode) =>
        _arithmetic.Emit(
            mode switch
            {
                MidpointRounding.ToEven => new RoundEvenOp(_arithmetic.Location, x),
                MidpointRounding.AwayFromZero => new RoundOp(_arithmetic.Location, x),
                MidpointRounding.ToZero => new TruncOp(_arithmetic.Location, x),
                MidpointRounding.ToNegativeInfinity => new FloorOp(_arithmetic.Location, x),
                MidpointRounding.ToPositiveInfinity => new CeilOp(_arithmetic.Location, x),
                _ => throw Unsupported(call, $"there is no rounding mode {mode}"),
            }
        );

    /// <summary>Applies a function of the table to operands that may be tensors, scalars, or both.</summary>
    private Operand.Elements Apply(Expression source, string name, Expression[] arguments, Type resultType)
    {
        var function =
            ScalarFunctions.Find(name, arguments.Length) ?? throw Unsupported(source, $"{name} has no compiled form");
        var operands = arguments.Select(ImportElements).ToArray();
        var type = operands[0].Type;
        var result =
            ScalarType.TryGet(ElementTypeOf(resultType))
            ?? throw Unsupported(source, "the result is neither a scalar nor a tensor");
        if (!function.Accepts(type))
        {
            throw Unsupported(source, $"{name} is not defined for {CSharpText.TypeName(type.ClrType)}");
        }

        return At(
            source,
            () =>
            {
                var elements = operands[..^function.ScalarTail].Select(o => o.Value).ToArray();
                var tail = operands[^function.ScalarTail..].Select(o => o.Value).ToArray();
                var spread = _tensors.Broadcast(elements);
                var isTensor = spread[0].Type is RankedTensorType;
                var value =
                    isTensor && function.CanFail?.Invoke(type) == true
                        ? MapWithChecks(function, spread, type)
                        : function.Emit(_arithmetic, [.. spread, .. tail], type);
                return new Operand.Elements(FitResult(value, result), result);
            }
        );
    }

    /// <summary>Checks are scalar, so the computation goes into a body that runs for each element.</summary>
    private Value MapWithChecks(ScalarFunction function, Value[] tensors, ScalarType type)
    {
        // The result's element type is known once the function was emitted: try it on a block of its own.
        var probe = new Block();
        var arguments = tensors.Select(t => (Value)probe.AddArgument(Arithmetic.ElementType(t))).ToArray();
        var resultElement = function
            .Emit(new Arithmetic(new OpBuilder(probe), _arithmetic.Location), arguments, type)
            .Type;
        return _tensors.Map(tensors, resultElement, (inner, elements) => function.Emit(inner, elements, type));
    }

    /// <summary>Counts come in the operand's width and leave in the method's: <c>BitOperations.PopCount(ulong)</c> is an <c>int</c>.</summary>
    private Value FitResult(Value value, ScalarType result)
    {
        if (
            Arithmetic.ElementType(value) is not IntegerType { Width: var width }
            || result.IrType is not IntegerType { Width: var wanted }
            || width == wanted
        )
        {
            return value;
        }

        var type = Arithmetic.Reshape(value, result.IrType);
        return _arithmetic.Emit(
            width < wanted
                ? new ExtUIOp(_arithmetic.Location, value, type)
                : new TruncIOp(_arithmetic.Location, value, type)
        );
    }

    private static Type ElementTypeOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;
}
