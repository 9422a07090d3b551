using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mlir.Frontend.Expressions;

/// <summary>Writes a part of an expression tree as the C# that a programmer would recognise, for error messages.</summary>
internal static class CSharpText
{
    /// <summary>The C# text of <paramref name="expression"/>, at most some 120 characters of it.</summary>
    public static string Of(Expression expression)
    {
        var text = Write(expression, 0, 16);
        return text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 119), "…");
    }

    private static string Write(Expression? expression, int outer, int depth)
    {
        if (expression is null)
        {
            return "";
        }

        if (depth == 0)
        {
            return "…";
        }

        depth--;
        switch (expression)
        {
            case ParameterExpression p:
                return p.Name ?? "_";
            case ConstantExpression c:
                return Constant(c);
            case BinaryExpression { NodeType: ExpressionType.ArrayIndex } a:
                return $"{Write(a.Left, 15, depth)}[{Write(a.Right, 0, depth)}]";
            case BinaryExpression b:
                var (sign, level) = Operator(b.NodeType);
                var inner = $"{Write(b.Left, level, depth)} {sign} {Write(b.Right, level + 1, depth)}";
                return Checked(b.NodeType) ? $"checked({inner})"
                    : level < outer ? $"({inner})"
                    : inner;
            case UnaryExpression u:
                return Unary(u, outer, depth);
            case ConditionalExpression c:
                var choice = $"{Write(c.Test, 2, depth)} ? {Write(c.IfTrue, 1, depth)} : {Write(c.IfFalse, 1, depth)}";
                return outer > 1 ? $"({choice})" : choice;
            case MethodCallExpression call:
                if (call.Method.DeclaringType!.Assembly == typeof(Mlir.Arrays.Reductions).Assembly)
                {
                    return WriteArrayCall(call, depth);
                }

                var target = call.Object is null ? TypeName(call.Method.DeclaringType) : Write(call.Object, 15, depth);
                return
                    call.Method is { IsSpecialName: true, Name: "get_Item" or "get_Chars" }
                    || (call.Object?.Type.IsArray == true && call.Method.Name == "Get")
                    ? $"{target}[{List(call.Arguments, depth)}]"
                    : $"{target}.{call.Method.Name}{Generics(call.Method)}({List(call.Arguments, depth)})";
            case MemberExpression member:
                return member.Expression is null ? $"{TypeName(member.Member.DeclaringType)}.{member.Member.Name}"
                    : IsClosure(member.Expression.Type) ? member.Member.Name
                    : $"{Write(member.Expression, 15, depth)}.{member.Member.Name}";
            case NewExpression make:
                return $"new {TypeName(make.Type)}({List(make.Arguments, depth)})";
            case MemberInitExpression init:
                var members = init.Bindings.Select(b =>
                    $"{b.Member.Name} = {(b is MemberAssignment a ? Write(a.Expression, 0, depth) : "…")}"
                );
                return $"new {TypeName(init.Type)} {{ {string.Join(", ", members)} }}";
            case InvocationExpression invoke:
                return $"{Write(invoke.Expression, 15, depth)}({List(invoke.Arguments, depth)})";
            case LambdaExpression lambda:
                return $"({string.Join(", ", lambda.Parameters.Select(p => $"{TypeName(p.Type)} {p.Name}"))}) => {Write(lambda.Body, 0, depth)}";
            case DefaultExpression d:
                return $"default({TypeName(d.Type)})";
            case NewArrayExpression array:
                return $"new {TypeName(array.Type.GetElementType())}[] {{ {List(array.Expressions, depth)} }}";
            default:
                return expression.ToString();
        }
    }

    private static string Unary(UnaryExpression u, int outer, int depth)
    {
        switch (u.NodeType)
        {
            case ExpressionType.Convert when u.Type.IsByRefLike || u.Method is { Name: "op_Implicit" }:
                return Write(u.Operand, outer, depth);
            case ExpressionType.Convert or ExpressionType.ConvertChecked:
                var cast = $"({TypeName(u.Type)}){Write(u.Operand, 14, depth)}";
                return u.NodeType == ExpressionType.ConvertChecked ? $"checked({cast})" : cast;
            case ExpressionType.ArrayLength:
                return $"{Write(u.Operand, 15, depth)}.Length";
            case ExpressionType.Throw:
                return $"throw {Write(u.Operand, 0, depth)}";
            case ExpressionType.Quote:
                return Write(u.Operand, outer, depth);
            default:
                var sign = u.NodeType switch
                {
                    ExpressionType.Negate or ExpressionType.NegateChecked => "-",
                    ExpressionType.Not => u.Type == typeof(bool) ? "!" : "~",
                    ExpressionType.OnesComplement => "~",
                    ExpressionType.UnaryPlus => "+",
                    _ => u.NodeType + " ",
                };
                var text = sign + Write(u.Operand, 14, depth);
                return Checked(u.NodeType) ? $"checked({text})" : text;
        }
    }

    private static string List(IEnumerable<Expression> items, int depth) =>
        string.Join(", ", items.Select(i => Write(i, 0, depth)));

    private static string Constant(ConstantExpression c) =>
        c.Value switch
        {
            null => "null",
            bool b => b ? "true" : "false",
            string s => $"\"{s}\"",
            char x => $"'{x}'",
            float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
            double d => d.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(char.IsAsciiDigit)
                ? text + ".0"
                : text,
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            var other => TypeName(other.GetType()),
        };

    private static bool Checked(ExpressionType type) =>
        type
            is ExpressionType.AddChecked
                or ExpressionType.SubtractChecked
                or ExpressionType.MultiplyChecked
                or ExpressionType.NegateChecked;

    private static bool IsClosure(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>A function of <c>Mlir.Arrays</c> as it is called: of a tensor, or of the class <c>Tensor</c>.</summary>
    private static string WriteArrayCall(MethodCallExpression call, int depth)
    {
        var ofTensor = call.Method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        var target = ofTensor ? Write(call.Arguments[0], 15, depth) : "Tensor";
        return $"{target}.{call.Method.Name}({List(call.Arguments.Skip(ofTensor ? 1 : 0), depth)})";
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName))}>" : "";

    /// <summary>The C# name of a type, without its namespace.</summary>
    public static string TypeName(Type? type)
    {
        if (type is null)
        {
            return "";
        }

        if (type.IsArray)
        {
            return $"{TypeName(type.GetElementType())}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericType)
        {
            var name = type.Name.Split('`')[0];
            return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
        }

        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.SByte => "sbyte",
            TypeCode.Int16 => "short",
            TypeCode.UInt16 => "ushort",
            TypeCode.Int32 => "int",
            TypeCode.UInt32 => "uint",
            TypeCode.Int64 => "long",
            TypeCode.UInt64 => "ulong",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            TypeCode.Decimal => "decimal",
            TypeCode.Char => "char",
            TypeCode.String => "string",
            _ => type == typeof(nint) ? "nint"
            : type == typeof(nuint) ? "nuint"
            : type == typeof(object) ? "object"
            : type.Name,
        };
    }

    private static (string Sign, int Level) Operator(ExpressionType type) =>
        type switch
        {
            ExpressionType.Multiply or ExpressionType.MultiplyChecked => ("*", 13),
            ExpressionType.Divide => ("/", 13),
            ExpressionType.Modulo => ("%", 13),
            ExpressionType.Add or ExpressionType.AddChecked => ("+", 12),
            ExpressionType.Subtract or ExpressionType.SubtractChecked => ("-", 12),
            ExpressionType.LeftShift => ("<<", 11),
            ExpressionType.RightShift => (">>", 11),
            ExpressionType.LessThan => ("<", 10),
            ExpressionType.LessThanOrEqual => ("<=", 10),
            ExpressionType.GreaterThan => (">", 10),
            ExpressionType.GreaterThanOrEqual => (">=", 10),
            ExpressionType.Equal => ("==", 9),
            ExpressionType.NotEqual => ("!=", 9),
            ExpressionType.And => ("&", 8),
            ExpressionType.ExclusiveOr => ("^", 7),
            ExpressionType.Or => ("|", 6),
            ExpressionType.AndAlso => ("&&", 5),
            ExpressionType.OrElse => ("||", 4),
            ExpressionType.Coalesce => ("??", 3),
            _ => (type.ToString(), 1),
        };
}
