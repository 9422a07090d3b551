using System.Linq.Expressions;
using System.Runtime.InteropServices;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using TensorCastOp = Mlir.Dialects.Tensor.CastOp;

namespace Mlir.Frontend.Expressions;

/// <content>Strings: one-dimensional tensors of UTF-16 code units.</content>
public sealed partial class ExpressionImporter
{
    private const int MaxConstantLength = 4096;

    private static readonly RankedTensorType StringType = RankedTensorType.Get(
        [ShapedType.Dynamic],
        ScalarType.Char.IrType
    );

    private Operand.Elements ConstantString(string text, Expression source)
    {
        if (text.Length > MaxConstantLength)
        {
            throw Unsupported(
                source,
                $"a constant of {text.Length} characters is too long for code; pass it as an argument"
            );
        }

        if (text.Length == 0)
        {
            return String(Empty(TypeLayout.Of(typeof(string)).Leaves[0]));
        }

        var type = RankedTensorType.Get([text.Length], ScalarType.Char.IrType);
        var units = DenseElementsAttr.Get(type, MemoryMarshal.AsBytes(text.AsSpan()));
        return String(_arithmetic.Emit(new ConstantOp(_arithmetic.Location, units)));
    }

    /// <summary>A string under the type that leaves its length open.</summary>
    private Operand.Elements String(Value units) =>
        new(
            units.Type == StringType
                ? units
                : _arithmetic.Emit(new TensorCastOp(_arithmetic.Location, units, StringType)),
            ScalarType.Char
        );

    private Value ImportString(Expression expression)
    {
        switch (expression)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert, Type: var type } box when type == typeof(object):
                return ImportString(box.Operand);
            case { Type: var type } when type == typeof(char):
                var unit = ImportScalar(expression).Value;
                return String(
                    _arithmetic.Emit(
                        new FromElementsOp(_arithmetic.Location, [unit], RankedTensorType.Get([1], unit.Type))
                    )
                ).Value;
            case { Type: var type } when type == typeof(string):
                return Import(expression) switch
                {
                    Operand.Elements elements => elements.Value,

                    // Nothing but the constant null is null, and concatenation takes it for empty.
                    Operand.Known { Object: null } => ConstantString("", expression).Value,
                    _ => throw Unsupported(expression, "a string is needed here"),
                };
            default:
                throw Unsupported(
                    expression,
                    $"a {CSharpText.TypeName(expression.Type)} is not turned into text in a kernel"
                );
        }
    }

    private Operand.Elements ImportStringOperator(BinaryExpression binary) =>
        binary.NodeType switch
        {
            ExpressionType.Add => ImportConcat(binary, [.. Parts(binary)]),
            ExpressionType.Equal => ImportStringEquals(binary.Left, binary.Right),
            ExpressionType.NotEqual => ImportStringEquals(binary.Left, binary.Right) is var equal
                ? equal with
                {
                    Value = _arithmetic.Not(equal.Value),
                }
                : null!,
            _ => throw Unsupported(binary, "this operator of strings has no compiled form"),
        };

    /// <summary>The operands of a chain of <c>+</c>, which is joined at once.</summary>
    private static IEnumerable<Expression> Parts(Expression expression) =>
        expression is BinaryExpression { NodeType: ExpressionType.Add } sum && sum.Type == typeof(string)
            ? Parts(sum.Left).Concat(Parts(sum.Right))
            : [expression];

    private Operand ImportStringCall(MethodCallExpression call)
    {
        var arguments = call.Arguments;
        switch (call.Method.Name, arguments.Count)
        {
            case ("get_Chars", 1):
                return ImportArrayAccess(call, call.Object!, arguments);
            case (nameof(string.Equals), 1) when call.Object is not null && arguments[0].Type == typeof(string):
                return ImportStringEquals(call.Object, arguments[0]);
            case (nameof(string.Equals), 2) when call.Object is null && arguments.All(a => a.Type == typeof(string)):
                return ImportStringEquals(arguments[0], arguments[1]);
            case (nameof(string.Concat), 1) when arguments[0] is NewArrayExpression list:
                return ImportConcat(call, list.Expressions);
            case (nameof(string.Concat), _)
                when arguments.All(a => a.Type == typeof(string) || a.Type == typeof(object)):
                return ImportConcat(call, arguments);
            case (nameof(string.Substring), 1 or 2):
                return ImportSubstring(call);
            case (nameof(string.IsNullOrEmpty), 1):
                var length = _arithmetic.Dim(ImportString(arguments[0]), 0);
                return new Operand.Elements(
                    _arithmetic.Emit(new CmpIOp(_arithmetic.Location, length, _arithmetic.Index(0), CmpIPredicate.Eq)),
                    ScalarType.Bool
                );
            default:
                throw Unsupported(call, $"string.{call.Method.Name} has no compiled form");
        }
    }

    /// <summary>Equal lengths, then equal code units.</summary>
    private Operand.Elements ImportStringEquals(Expression left, Expression right)
    {
        if (IsNull(left) || IsNull(right))
        {
            // Kernels are not given null.
            return new Operand.Elements(
                _arithmetic.Constant(IntegerAttr.Get(IsNull(left) && IsNull(right))),
                ScalarType.Bool
            );
        }

        var (a, b) = (ImportString(left), ImportString(right));
        var sameLength = _arithmetic.Emit(
            new CmpIOp(_arithmetic.Location, _arithmetic.Dim(a, 0), _arithmetic.Dim(b, 0), CmpIPredicate.Eq)
        );
        var (whenSame, equal) = Aside(() =>
        {
            var each = _arithmetic.Compare(ScalarComparison.Equal, a, b, ScalarType.Char);
            return new Operand.Elements(
                _tensors.Reduce(each, IntegerAttr.Get(true), (inner, p, q) => inner.And(p, q)),
                ScalarType.Bool
            );
        });
        var (otherwise, different) = Aside(() =>
            new Operand.Elements(_arithmetic.Constant(IntegerAttr.Get(false)), ScalarType.Bool)
        );
        var choice = new IfOp(_arithmetic.Location, sameLength, [IntegerType.I1]);
        FillBranch(choice.ThenRegion, whenSame, [(Operand.Elements)equal]);
        FillBranch(choice.ElseRegion, otherwise, [(Operand.Elements)different]);
        return new Operand.Elements(_arithmetic.Emit(choice), ScalarType.Bool);
    }

    private static bool IsNull(Expression expression) =>
        expression is ConstantExpression { Value: null } or DefaultExpression { Type.IsValueType: false };

    private Operand.Elements ImportConcat(Expression source, IReadOnlyList<Expression> parts)
    {
        if (parts.Count == 0)
        {
            throw Unsupported(source, "there is nothing to join");
        }

        var strings = parts.Select(ImportString).ToArray();
        var lengths = strings.Select(s => _arithmetic.Dim(s, 0)).ToArray();
        var starts = new Value[strings.Length];
        var total = _arithmetic.Index(0);
        for (var i = 0; i < strings.Length; i++)
        {
            starts[i] = total;
            total = _arithmetic.Emit(new AddIOp(_arithmetic.Location, total, lengths[i]));
        }

        var joined = _arithmetic.Emit(new EmptyOp(_arithmetic.Location, [total], StringType));
        for (var i = 0; i < strings.Length; i++)
        {
            joined = _arithmetic.Emit(
                new InsertSliceOp(
                    _arithmetic.Location,
                    strings[i],
                    joined,
                    [starts[i]],
                    [lengths[i]],
                    [],
                    DenseArrayAttr.I64(ShapedType.Dynamic),
                    DenseArrayAttr.I64(ShapedType.Dynamic),
                    DenseArrayAttr.I64(1)
                )
            );
        }

        return String(joined);
    }

    /// <summary><c>s.Substring(start)</c> and <c>s.Substring(start, length)</c>, with .NET's checks in .NET's order.</summary>
    private Operand.Elements ImportSubstring(MethodCallExpression call)
    {
        var text = ImportString(call.Object!);
        var start = ImportScalar(call.Arguments[0]).Value;
        var given = call.Arguments.Count == 2 ? ImportScalar(call.Arguments[1]).Value : null;
        return At(
            call,
            () =>
            {
                var int32 = ScalarType.Int32;
                var size = FromIndex(_arithmetic.Dim(text, 0), int32);
                var rest = _arithmetic.Subtract(size, start, int32);
                var zero = _arithmetic.Int(0, start);
                Check(start, zero, "StartIndex cannot be less than zero. (Parameter 'startIndex')");
                Check(rest, zero, "startIndex cannot be larger than length of string. (Parameter 'startIndex')");
                if (given is not null)
                {
                    Check(given, zero, "Length cannot be less than zero. (Parameter 'length')");
                    Check(
                        rest,
                        given,
                        "Index and length must refer to a location within the string. (Parameter 'length')"
                    );
                }

                return String(
                    _arithmetic.Emit(
                        new ExtractSliceOp(
                            _arithmetic.Location,
                            text,
                            [ToIndex(new Operand.Elements(start, int32))],
                            [ToIndex(new Operand.Elements(given ?? rest, int32))],
                            [],
                            DenseArrayAttr.I64(ShapedType.Dynamic),
                            DenseArrayAttr.I64(ShapedType.Dynamic),
                            DenseArrayAttr.I64(1),
                            StringType
                        )
                    )
                );

                void Check(Value value, Value least, string message) =>
                    _arithmetic.Assert(
                        _arithmetic.Compare(ScalarComparison.GreaterOrEqual, value, least, int32),
                        $"System.ArgumentOutOfRangeException: {message}"
                    );
            }
        );
    }
}
