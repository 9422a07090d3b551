using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Frontend.Expressions;

/// <summary>Rebuilds an expression with one scalar type in place of another.</summary>
/// <param name="sample">The type that is replaced.</param>
/// <param name="target">The type that takes its place.</param>
/// <param name="site">Where the lambda stands in the source.</param>
internal sealed class TypeReplacer(Type sample, Type target, CallSite site)
{
    private readonly Dictionary<ParameterExpression, ParameterExpression> _parameters = [];

    /// <summary>The lambda over the target type.</summary>
    public LambdaExpression Replace(LambdaExpression lambda)
    {
        foreach (var parameter in lambda.Parameters)
        {
            _parameters[parameter] = Expression.Parameter(Map(parameter.Type), parameter.Name);
        }

        var body = Visit(lambda.Body);
        var type = Expression.GetDelegateType([.. lambda.Parameters.Select(p => Map(p.Type)), body.Type]);
        return Expression.Lambda(type, body, lambda.Parameters.Select(p => _parameters[p]));
    }

    private UnsupportedExpressionException Unsupported(Expression expression, string reason) =>
        new(
            site,
            CSharpText.Of(expression),
            $"{reason} (the template is instantiated for {CSharpText.TypeName(target)})"
        );

    private Type Map(Type type)
    {
        if (type == sample)
        {
            return target;
        }

        if (type.IsArray)
        {
            var element = Map(type.GetElementType()!);
            return type.IsSZArray ? element.MakeArrayType() : element.MakeArrayType(type.GetArrayRank());
        }

        return type.IsGenericType
            ? type.GetGenericTypeDefinition().MakeGenericType([.. type.GetGenericArguments().Select(Map)])
            : type;
    }

    /// <summary>The expression with the type that its own type is mapped to.</summary>
    private Expression Visit(Expression expression)
    {
        try
        {
            var made = Rebuild(expression);
            var wanted = Map(expression.Type);
            return made.Type == wanted ? made : Expression.Convert(made, wanted);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The expression factories check operators, methods and constraints.
            throw Unsupported(expression, e.Message.TrimEnd('.'));
        }
    }

    private Expression Rebuild(Expression expression)
    {
        switch (expression)
        {
            case ParameterExpression parameter:
                return _parameters.GetValueOrDefault(parameter, parameter);
            case ConstantExpression constant:
                return constant.Type == sample ? Constant(constant) : constant;
            case DefaultExpression:
                return Expression.Default(Map(expression.Type));
            case BinaryExpression binary:
                return Binary(binary);
            case UnaryExpression unary:
                return Unary(unary);
            case ConditionalExpression choice:
                return Expression.Condition(
                    Visit(choice.Test),
                    Visit(choice.IfTrue),
                    Visit(choice.IfFalse),
                    Map(choice.Type)
                );
            case MemberExpression member:
                return Member(member);
            case MethodCallExpression call:
                return Call(call);
            case NewExpression make:
                return New(make);
            case MemberInitExpression init:
                return Expression.MemberInit(
                    New(init.NewExpression),
                    init.Bindings.Select(b =>
                        b is MemberAssignment assignment
                            ? Expression.Bind(Same(assignment.Member, Map(init.Type)), Visit(assignment.Expression))
                            : throw Unsupported(init, "only members that are assigned can be instantiated")
                    )
                );
            case NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array:
                return Expression.NewArrayInit(Map(array.Type.GetElementType()!), array.Expressions.Select(Visit));
            default:
                throw Unsupported(expression, "this kind of expression cannot be instantiated");
        }
    }

    /// <summary>The literal of the target type: nearest for floats, exact for integers.</summary>
    private ConstantExpression Constant(ConstantExpression constant)
    {
        var to = ScalarType.TryGet(target)!;
        var value = constant.Value!;
        if (value is bool || to.Kind == ScalarKind.Bool)
        {
            throw Unsupported(constant, "truth values are not numbers");
        }

        if (ScalarType.TryGet(sample)!.IsInteger)
        {
            var integer = value switch
            {
                ulong u => u,
                nuint u => u,
                nint i => i,
                char c => (Int128)c,
                _ => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
            };
            return Expression.Constant(
                to.IsFloat ? Float(constant, (double)integer)
                    : integer >= to.MinValue && integer <= to.MaxValue ? Integer(integer)
                    : throw Unsupported(constant, $"the constant does not fit {CSharpText.TypeName(target)}"),
                target
            );
        }

        var number = value switch
        {
            Half h => (double)h,
            float f => f,
            _ => (double)value,
        };
        if (to.IsFloat)
        {
            return Expression.Constant(Float(constant, number), target);
        }

        // Below 2^64 in magnitude, so that the cast is exact; the sign of a zero is lost without harm.
        return
            double.IsInteger(number)
            && Math.Abs(number) < 18446744073709551616.0
            && (Int128)number >= to.MinValue
            && (Int128)number <= to.MaxValue
            ? Expression.Constant(Integer((Int128)number), target)
            : throw Unsupported(constant, $"the constant is not exactly a {CSharpText.TypeName(target)}");
    }

    private object Float(ConstantExpression source, double number)
    {
        object value =
            target == typeof(Half) ? (object)(Half)number
            : target == typeof(float) ? (object)(float)number
            : number;
        var isFinite = value switch
        {
            Half h => Half.IsFinite(h),
            float f => float.IsFinite(f),
            _ => double.IsFinite(number),
        };
        return isFinite == double.IsFinite(number)
            ? value
            : throw Unsupported(source, $"the constant does not fit {CSharpText.TypeName(target)}");
    }

    private object Integer(Int128 value) =>
        target == typeof(nint) ? (object)(nint)(long)value
        : target == typeof(nuint) ? (object)(nuint)(ulong)value
        : target == typeof(char) ? (object)(char)(ushort)value
        : target == typeof(ulong) ? (object)(ulong)value
        : Convert.ChangeType((long)value, target, System.Globalization.CultureInfo.InvariantCulture);

    private Expression Binary(BinaryExpression binary)
    {
        var (left, right) = (Visit(binary.Left), Visit(binary.Right));
        if (binary.NodeType is ExpressionType.LeftShift or ExpressionType.RightShift or ExpressionType.ArrayIndex)
        {
            right = right.Type == typeof(int) ? right : Expression.Convert(right, typeof(int));
        }

        if (binary.Method is { IsGenericMethod: true } generic)
        {
            return Expression.MakeBinary(binary.NodeType, left, right, false, Mapped(generic));
        }

        if (binary.Method is { } method && method.DeclaringType != sample)
        {
            return Expression.MakeBinary(binary.NodeType, left, right, binary.IsLiftedToNull, method);
        }

        // Expression trees have no arithmetic on bytes: it is done on ints, of which the low bits count, as in a generic function.
        if (binary.Left.Type == sample && IsSmall(target) && binary.Type == sample)
        {
            var isShift = binary.NodeType is ExpressionType.LeftShift or ExpressionType.RightShift;
            var wide = Expression.MakeBinary(
                binary.NodeType,
                Expression.Convert(left, typeof(int)),
                isShift ? right : Expression.Convert(right, typeof(int))
            );
            return IsChecked(binary.NodeType)
                ? Expression.ConvertChecked(wide, target)
                : Expression.Convert(wide, target);
        }

        return Expression.MakeBinary(binary.NodeType, left, right);
    }

    private static bool IsSmall(Type type) =>
        type == typeof(byte) || type == typeof(sbyte) || type == typeof(short) || type == typeof(ushort);

    private static bool IsChecked(ExpressionType type) =>
        type is ExpressionType.AddChecked or ExpressionType.SubtractChecked or ExpressionType.MultiplyChecked;

    private Expression Unary(UnaryExpression unary)
    {
        var operand = Visit(unary.Operand);
        switch (unary.NodeType)
        {
            case ExpressionType.ArrayLength:
                return Expression.ArrayLength(operand);
            case ExpressionType.Convert
            or ExpressionType.ConvertChecked when unary.Type.IsByRefLike || unary.Method is { IsGenericMethod: true }:
                return Expression.Convert(operand, Map(unary.Type), unary.Method is { } m ? Same(unary, m) : null);
            case ExpressionType.Convert:
                return operand.Type == Map(unary.Type) ? operand : Expression.Convert(operand, Map(unary.Type));
            case ExpressionType.ConvertChecked:
                return operand.Type == Map(unary.Type) ? operand : Expression.ConvertChecked(operand, Map(unary.Type));
        }

        if (unary.Method is { IsGenericMethod: true } generic)
        {
            return Expression.MakeUnary(unary.NodeType, operand, Map(unary.Type), Mapped(generic));
        }

        if (unary.Operand.Type == sample && IsSmall(target) && unary.Type == sample)
        {
            var wide = Expression.MakeUnary(unary.NodeType, Expression.Convert(operand, typeof(int)), typeof(int));
            return unary.NodeType == ExpressionType.NegateChecked
                ? Expression.ConvertChecked(wide, target)
                : Expression.Convert(wide, target);
        }

        return Expression.MakeUnary(unary.NodeType, operand, Map(unary.Type));
    }

    private Expression Member(MemberExpression member)
    {
        if (CapturedVariables.IsOutside(member))
        {
            // A constant of the type, such as Half.Pi, has its namesake; the value of a variable would have to be converted.
            if (member is { Expression: null, Member: PropertyInfo property } && property.DeclaringType == sample)
            {
                return Expression.Property(null, Same(property, target) as PropertyInfo ?? property);
            }

            return Map(member.Type) == member.Type
                ? member
                : throw Unsupported(
                    member,
                    $"a captured variable keeps its type {CSharpText.TypeName(member.Type)}; make it a parameter"
                );
        }

        var operand = Visit(member.Expression!);
        return Expression.MakeMemberAccess(operand, Same(member.Member, operand.Type));
    }

    /// <summary>The field or property of the same name in the type that takes the place of its declaring type.</summary>
    private static MemberInfo Same(MemberInfo member, Type type) =>
        member.DeclaringType == type
            ? member
            : (MemberInfo?)type.GetProperty(member.Name, AllMembers)
                ?? type.GetField(member.Name, AllMembers)
                ?? throw new InvalidOperationException($"{CSharpText.TypeName(type)} has no {member.Name}");

    private const BindingFlags AllMembers =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private Expression Call(MethodCallExpression call)
    {
        var arguments = call.Arguments.Select(Visit).ToArray();
        if (call.Object is { } instance)
        {
            return Expression.Call(Visit(instance), Same(call, call.Method), arguments);
        }

        var method = Same(call, call.Method);
        var parameters = method.GetParameters();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Type != parameters[i].ParameterType && ScalarType.TryGet(arguments[i].Type) is not null)
            {
                arguments[i] = Expression.Convert(arguments[i], parameters[i].ParameterType);
            }
        }

        return Expression.Call(method, arguments);
    }

    private MethodInfo Mapped(MethodInfo generic) =>
        generic.GetGenericMethodDefinition().MakeGenericMethod([.. generic.GetGenericArguments().Select(Map)]);

    /// <summary>The method that does for the target type what <paramref name="method"/> does for the sample.</summary>
    private MethodInfo Same(Expression source, MethodInfo method)
    {
        var declaring = method.DeclaringType!;
        if (Map(declaring) is var mapped && mapped != declaring && declaring != sample)
        {
            // A method of a generic type or an array.
            return mapped
                .GetMethods(AllMembers)
                .First(m => m.MetadataToken == method.MetadataToken && m.Name == method.Name);
        }

        if (method.IsGenericMethod)
        {
            return Mapped(method);
        }

        var types = method.GetParameters().Select(p => Map(p.ParameterType)).ToArray();
        if (declaring != sample && declaring != typeof(Math) && declaring != typeof(MathF) || !Mentions(method))
        {
            return method;
        }

        foreach (var home in new[] { target, typeof(Math), typeof(MathF) })
        {
            if (
                home.GetMethod(method.Name, BindingFlags.Public | BindingFlags.Static, types) is { } found
                && found.ReturnType == Map(method.ReturnType)
                && found.GetParameters().Select(p => p.ParameterType).SequenceEqual(types)
            )
            {
                return found;
            }
        }

        throw Unsupported(source, $"{method.Name} is not defined for {CSharpText.TypeName(target)}");
    }

    private bool Mentions(MethodInfo method) =>
        method.DeclaringType == sample
        || method.ReturnType == sample
        || method.GetParameters().Any(p => p.ParameterType == sample);

    private NewExpression New(NewExpression make)
    {
        var type = Map(make.Type);
        if (type == make.Type || make.Constructor is null)
        {
            return make.Constructor is { } same
                ? Expression.New(same, make.Arguments.Select(Visit))
                : Expression.New(type);
        }

        var constructor = type.GetConstructors(AllMembers)
            .First(c => c.MetadataToken == make.Constructor.MetadataToken);
        return Expression.New(constructor, make.Arguments.Select(Visit));
    }
}
