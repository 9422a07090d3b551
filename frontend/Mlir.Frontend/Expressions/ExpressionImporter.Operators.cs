using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Operators, conversions and choices.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportBinary(BinaryExpression binary)
    {
        switch (binary.NodeType)
        {
            case ExpressionType.AndAlso:
                return ImportShortCircuit(binary, whenTrue: true);
            case ExpressionType.OrElse:
                return ImportShortCircuit(binary, whenTrue: false);
            case ExpressionType.ArrayIndex
                when binary.Left is MethodCallExpression { Method.Name: "Split" } split
                    && split.Method.DeclaringType == typeof(Tensor):
                return ImportPart(split, binary.Right);
            case ExpressionType.ArrayIndex:
                return ImportArrayAccess(binary, binary.Left, [binary.Right]);
        }

        if (
            binary.Method is { } method
            && method.DeclaringType == typeof(Tensor)
            && FunctionOfOperator(method.Name) is { } name
        )
        {
            // Operators of Tensor<T>, whose operands may be tensors or scalars.
            return Apply(binary, name, [binary.Left, binary.Right], binary.Type);
        }

        if (binary.Left.Type == typeof(string) || binary.Right.Type == typeof(string))
        {
            return ImportStringOperator(binary);
        }

        if (binary.Method is not null && !IsNumericOperator(binary.Method))
        {
            throw Unsupported(
                binary,
                $"the operator {binary.Method.Name} of {CSharpText.TypeName(binary.Method.DeclaringType)} has no compiled form"
            );
        }

        var (left, right) = (ImportScalar(binary.Left), ImportScalar(binary.Right));
        return At(binary, () => ScalarBinary(binary, left, right));
    }

    private Operand.Elements ScalarBinary(BinaryExpression binary, Operand.Elements left, Operand.Elements right)
    {
        var type = left.Type;
        var (a, b) = (left.Value, right.Value);
        var comparison = binary.NodeType switch
        {
            ExpressionType.Equal => ScalarComparison.Equal,
            ExpressionType.NotEqual => ScalarComparison.NotEqual,
            ExpressionType.LessThan => ScalarComparison.Less,
            ExpressionType.LessThanOrEqual => ScalarComparison.LessOrEqual,
            ExpressionType.GreaterThan => ScalarComparison.Greater,
            ExpressionType.GreaterThanOrEqual => ScalarComparison.GreaterOrEqual,
            _ => (ScalarComparison?)null,
        };
        if (comparison is { } c)
        {
            return new Operand.Elements(_arithmetic.Compare(c, a, b, type), ScalarType.Bool);
        }

        var value = binary.NodeType switch
        {
            ExpressionType.Add => _arithmetic.Add(a, b, type),
            ExpressionType.AddChecked => _arithmetic.AddChecked(a, b, type),
            ExpressionType.Subtract => _arithmetic.Subtract(a, b, type),
            ExpressionType.SubtractChecked => _arithmetic.SubtractChecked(a, b, type),
            ExpressionType.Multiply => _arithmetic.Multiply(a, b, type),
            ExpressionType.MultiplyChecked => _arithmetic.MultiplyChecked(a, b, type),
            ExpressionType.Divide => _arithmetic.Divide(a, b, type),
            ExpressionType.Modulo => _arithmetic.Remainder(a, b, type),
            ExpressionType.And => _arithmetic.And(a, b),
            ExpressionType.Or => _arithmetic.Or(a, b),
            ExpressionType.ExclusiveOr => _arithmetic.Xor(a, b),
            ExpressionType.LeftShift => _arithmetic.ShiftLeft(a, b, type),
            ExpressionType.RightShift => _arithmetic.ShiftRight(a, b, type),
            ExpressionType.Power when type.IsFloat => _arithmetic.Emit(
                new Dialects.Math.PowFOp(_arithmetic.Location, a, b)
            ),
            _ => throw Unsupported(binary, "this operator has no compiled form"),
        };
        return new Operand.Elements(value, type);
    }

    /// <summary>The operators that Half, nint and the like define as methods mean the same as the built-in ones.</summary>
    private static bool IsNumericOperator(System.Reflection.MethodInfo method) =>
        ScalarType.TryGet(method.DeclaringType!) is not null
        || (method.DeclaringType == typeof(Math) && method.Name == "Pow");

    /// <summary>The entry of the function table behind an operator method of <c>Tensor</c>.</summary>
    private static string? FunctionOfOperator(string method) =>
        method switch
        {
            "op_Addition" => "Add",
            "op_Subtraction" => "Subtract",
            "op_Multiply" => "Multiply",
            "op_Division" => "Divide",
            "op_BitwiseAnd" => "BitwiseAnd",
            "op_BitwiseOr" => "BitwiseOr",
            "op_ExclusiveOr" => "Xor",
            "op_LeftShift" => "ShiftLeft",
            "op_RightShift" => "ShiftRightArithmetic",
            "op_UnsignedRightShift" => "ShiftRightLogical",
            "op_UnaryNegation" => "Negate",
            "op_OnesComplement" => "OnesComplement",
            _ => null,
        };

    private Operand ImportUnary(UnaryExpression unary)
    {
        switch (unary.NodeType)
        {
            case ExpressionType.Convert or ExpressionType.ConvertChecked:
                return ImportConvert(unary);
            case ExpressionType.ArrayLength:
                var array = ImportElements(unary.Operand);
                var length = _arithmetic.Dim(array.Value, 0);
                return new Operand.Elements(
                    _arithmetic.Emit(new IndexCastOp(_arithmetic.Location, length, IntegerType.I32)),
                    ScalarType.Int32
                );
        }

        if (unary.Method is { } method && method.DeclaringType == typeof(Tensor))
        {
            return method.Name == "op_UnaryPlus"
                ? Import(unary.Operand)
                : Apply(
                    unary,
                    FunctionOfOperator(method.Name) ?? throw Unsupported(unary, "this operator has no compiled form"),
                    [unary.Operand],
                    unary.Type
                );
        }

        var operand = ImportScalar(unary.Operand);
        return At(
            unary,
            () =>
                new Operand.Elements(
                    unary.NodeType switch
                    {
                        ExpressionType.UnaryPlus => operand.Value,
                        ExpressionType.Negate => _arithmetic.Negate(operand.Value, operand.Type),
                        ExpressionType.NegateChecked => _arithmetic.NegateChecked(operand.Value, operand.Type),
                        ExpressionType.Not or ExpressionType.OnesComplement when !operand.Type.IsFloat =>
                            _arithmetic.Complement(operand.Value),
                        ExpressionType.Increment => _arithmetic.Add(operand.Value, One(operand), operand.Type),
                        ExpressionType.Decrement => _arithmetic.Subtract(operand.Value, One(operand), operand.Type),
                        _ => throw Unsupported(unary, "this operator has no compiled form"),
                    },
                    operand.Type
                )
        );
    }

    private Value One(Operand.Elements like) =>
        like.Type.IsFloat ? _arithmetic.Float(1, like.Value) : _arithmetic.Int(1, like.Value);

    private Operand ImportConvert(UnaryExpression unary)
    {
        if (unary.Type == unary.Operand.Type)
        {
            return Import(unary.Operand);
        }

        // Tensor<T> to ReadOnlyTensorSpan<T>: the view of a tensor is the tensor.
        if (unary.Type.IsByRefLike || IsTensorType(unary.Type))
        {
            if (unary.Operand.Type.IsArray)
            {
                throw Unsupported(
                    unary,
                    "arrays are not taken as tensors; declare the parameter as Tensor<T> (Tensor.Create(array) makes one without a copy)"
                );
            }

            return Import(unary.Operand);
        }

        if (ScalarType.TryGet(unary.Type) is not { } to || ScalarType.TryGet(unary.Operand.Type) is not { } from)
        {
            throw Unsupported(
                unary,
                $"there is no compiled conversion from {CSharpText.TypeName(unary.Operand.Type)} to {CSharpText.TypeName(unary.Type)}"
            );
        }

        var operand = ImportScalar(unary.Operand);
        var isChecked = unary.NodeType == ExpressionType.ConvertChecked || unary.Method?.Name is "op_CheckedExplicit";
        return At(
            unary,
            () =>
                new Operand.Elements(
                    isChecked
                        ? _arithmetic.ConvertChecked(operand.Value, from, to)
                        : _arithmetic.Convert(operand.Value, from, to),
                    to
                )
        );
    }

    /// <summary>Runs <paramref name="emit"/> so that checks in it name <paramref name="expression"/>.</summary>
    private T At<T>(Expression expression, Func<T> emit)
    {
        var outer = _arithmetic.Location;
        if (!MayFail(expression))
        {
            return emit();
        }

        _arithmetic.Location = _site.At(CSharpText.Of(expression));
        var result = emit();
        _arithmetic.Location = outer;
        return result;
    }

    /// <summary>Whether the node itself may contain a check; writing its text costs time, so the others go without.</summary>
    private static bool MayFail(Expression expression) =>
        expression.NodeType switch
        {
            ExpressionType.AddChecked
            or ExpressionType.SubtractChecked
            or ExpressionType.MultiplyChecked
            or ExpressionType.NegateChecked => true,
            ExpressionType.Divide or ExpressionType.Modulo => ScalarType.TryGet(expression.Type)
                is not { IsFloat: true },
            ExpressionType.ConvertChecked or ExpressionType.ArrayIndex or ExpressionType.Call => true,
            ExpressionType.Convert => ((UnaryExpression)expression).Method?.Name is "op_CheckedExplicit",
            _ => false,
        };

    private Operand ImportConditional(ConditionalExpression conditional)
    {
        var test = ImportScalar(conditional.Test);
        return Choose(
            conditional,
            test.Value,
            () => ImportOrThrow(conditional.IfTrue),
            () => ImportOrThrow(conditional.IfFalse)
        );
    }

    private Operand ImportShortCircuit(BinaryExpression binary, bool whenTrue)
    {
        var left = ImportScalar(binary.Left);
        Operand Right() => ImportScalar(binary.Right);
        Operand Left() => new Operand.Elements(_arithmetic.Constant(IntegerAttr.Get(!whenTrue)), ScalarType.Bool);
        return whenTrue ? Choose(binary, left.Value, Right, Left) : Choose(binary, left.Value, Left, Right);
    }

    /// <summary>One of two computations. Without checks inside, both run and a select decides; else only the chosen one runs.</summary>
    private Operand Choose(Expression source, Value condition, Func<Operand> whenTrue, Func<Operand> whenFalse)
    {
        var (trueBlock, trueResult) = Aside(whenTrue);
        var (falseBlock, falseResult) = Aside(whenFalse);
        if (trueResult is Operand.Never || falseResult is Operand.Never)
        {
            return ChooseThrow(condition, (trueBlock, trueResult), (falseBlock, falseResult));
        }

        var (a, b) = (Leaves(trueResult, source), Leaves(falseResult, source));
        if (a.Count != b.Count)
        {
            throw Unsupported(source, "both sides must have the same form");
        }

        for (var i = 0; i < a.Count; i++)
        {
            if (a[i].Value.Type == b[i].Value.Type)
            {
                continue;
            }

            // Tensors that were specialised differently meet in the type that leaves the sizes open.
            if (
                a[i].Value.Type is not RankedTensorType ta
                || b[i].Value.Type is not RankedTensorType tb
                || ta.Rank != tb.Rank
            )
            {
                throw Unsupported(source, "both sides must be scalars, or tensors of one rank");
            }

            a[i] = a[i] with { Value = Open(a[i].Value, trueBlock) };
            b[i] = b[i] with { Value = Open(b[i].Value, falseBlock) };
        }

        var scalars = a.All(x => !x.IsTensor);
        Value[] values;
        if (scalars && IsPure(trueBlock) && IsPure(falseBlock))
        {
            Splice(trueBlock);
            Splice(falseBlock);
            values = [.. a.Zip(b, (x, y) => _arithmetic.Select(condition, x.Value, y.Value))];
        }
        else
        {
            var choice = new IfOp(_arithmetic.Location, condition, [.. a.Select(x => x.Value.Type)]);
            FillBranch(choice.ThenRegion, trueBlock, a);
            FillBranch(choice.ElseRegion, falseBlock, b);
            _arithmetic.Builder.Insert(choice);
            values = [.. choice.Results];
        }

        var next = 0;
        return Rebuild(trueResult, values, ref next);
    }

    private (Block Block, Operand Result) Aside(Func<Operand> import)
    {
        var outer = _arithmetic.Builder.Save();
        var block = new Block();
        _arithmetic.Builder.SetInsertionPointToEnd(block);
        var result = import();
        _arithmetic.Builder.Restore(outer);
        return (block, result);
    }

    private static bool IsPure(Block block) => block.Operations.All(SideEffects.IsPure);

    private void Splice(Block block)
    {
        while (block.First is { } op)
        {
            op.Remove();
            _arithmetic.Builder.Insert(op);
        }
    }

    private void FillBranch(Region region, Block block, List<Operand.Elements> results)
    {
        if (region.First is { } empty)
        {
            empty.Erase();
        }

        region.Insert(block);
        block.Insert(new Dialects.Scf.YieldOp(_arithmetic.Location, [.. results.Select(r => r.Value)]));
    }

    private Value Open(Value tensor, Block block)
    {
        var type = (RankedTensorType)tensor.Type;
        var shape = new long[type.Rank];
        Array.Fill(shape, ShapedType.Dynamic);
        var open = type.With(shape, type.ElementType);
        if (type == open)
        {
            return tensor;
        }

        var cast = new CastOp(_arithmetic.Location, tensor, open);
        block.Insert(cast);
        return cast.Result0;
    }

    private List<Operand.Elements> Leaves(Operand operand, Expression source)
    {
        var leaves = new List<Operand.Elements>();
        void Collect(Operand part)
        {
            switch (part)
            {
                case Operand.Elements elements:
                    leaves.Add(elements);
                    break;
                case Operand.Struct tuple:
                    foreach (var item in tuple.Items)
                    {
                        Collect(item);
                    }

                    break;
                default:
                    throw Unsupported(source, "a scalar, tensor, array, string or struct is needed here");
            }
        }

        Collect(operand);
        return leaves;
    }

    private static Operand Rebuild(Operand like, Value[] values, ref int next)
    {
        if (like is Operand.Struct tuple)
        {
            var items = new List<Operand>();
            foreach (var item in tuple.Items)
            {
                items.Add(Rebuild(item, values, ref next));
            }

            return new Operand.Struct([.. items]);
        }

        return ((Operand.Elements)like) with
        {
            Value = values[next++],
        };
    }
}
