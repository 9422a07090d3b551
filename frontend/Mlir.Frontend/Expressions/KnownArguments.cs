using System.Collections;
using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using Mlir.Frontend.Arrays;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// What a lambda takes from captured variables although its code depends on it: axes, modes, equations. The lambda is compiled for the values that they
/// have, and for others when they have changed.
/// </summary>
public sealed class KnownArguments
{
    // Of the functions of Mlir.Arrays and of the framework's Tensor.
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        "axes",
        "axis",
        "ddof",
        "descending",
        "destination",
        "dilation",
        "dimension",
        "dimensions",
        "endpoint",
        "equation",
        "first",
        "keepDims",
        "mode",
        "padding",
        "right",
        "second",
        "size",
        "source",
        "step",
        "stride",
        "subscript"
    );

    // What has another type, such as a type parameter, is an element or a tensor and may be computed.
    private static readonly FrozenSet<Type> Types = FrozenSet.Create(
        typeof(bool),
        typeof(int),
        typeof(int[]),
        typeof(nint),
        typeof(ReadOnlySpan<int>),
        typeof(string)
    );

    private readonly IReadOnlyList<Expression> _expressions;
    private readonly IReadOnlyList<ICompiledLambda> _kernels;
    private readonly Func<object?[]> _read;

    private KnownArguments(IReadOnlyList<Expression> expressions, IReadOnlyList<ICompiledLambda> kernels)
    {
        (_expressions, _kernels) = (expressions, kernels);
        _read = Expression
            .Lambda<Func<object?[]>>(
                Expression.NewArrayInit(
                    typeof(object),
                    expressions.Select(static e => Expression.Convert(e, typeof(object)))
                )
            )
            .Compile();
    }

    /// <summary>The arguments of this kind in <paramref name="lambda"/> and the kernels that it calls; null where there are none.</summary>
    /// <param name="lambda">The lambda.</param>
    public static KnownArguments? Find(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var finder = new Finder();
        finder.Visit(lambda.Body);
        return finder.Found.Count > 0 ? new KnownArguments(finder.Found, finder.Kernels) : null;
    }

    /// <summary>Whether the code of a call depends on what is passed for <paramref name="parameter"/>.</summary>
    internal static bool DecidesCode(ParameterInfo parameter) =>
        Names.Contains(parameter.Name ?? "")
        && (parameter.Name != "size" || parameter.Member.Name.EndsWith("Pool2D", StringComparison.Ordinal))
        && Declared(parameter) is var type
        && (type.IsEnum || Types.Contains(type));

    /// <summary>What the arguments are now.</summary>
    public object?[] Read() => _read();

    /// <summary>Whether these are the values that <see cref="Read"/> gave at another time.</summary>
    /// <param name="now">Values.</param>
    /// <param name="before">Values of the same arguments.</param>
    public static bool Same(ReadOnlySpan<object?> now, ReadOnlySpan<object?> before)
    {
        for (var i = 0; i < now.Length; i++)
        {
            if (!StructuralComparisons.StructuralEqualityComparer.Equals(now[i], before[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lambda with values in the places of the arguments.</summary>
    /// <typeparam name="T">Its delegate type.</typeparam>
    /// <param name="lambda">The lambda that was searched.</param>
    /// <param name="values">What <see cref="Read"/> gave.</param>
    public Expression<T> Fix<T>(Expression<T> lambda, ReadOnlySpan<object?> values)
        where T : Delegate
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var known = new Dictionary<Expression, Expression>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _expressions.Count; i++)
        {
            known[_expressions[i]] = Literal(values[i], _expressions[i].Type);
        }

        return (Expression<T>)new Fixer(known, _kernels).Visit(lambda)!;
    }

    private static Type Declared(ParameterInfo parameter) =>
        parameter.Member is MethodInfo { IsGenericMethod: true } method
            ? method.GetGenericMethodDefinition().GetParameters()[parameter.Position].ParameterType
            : parameter.ParameterType;

    private static Expression Literal(object? value, Type type) =>
        value is Array array && type.GetElementType() is { } element
            ? Expression.NewArrayInit(element, array.Cast<object>().Select(item => Expression.Constant(item, element)))
            : Expression.Constant(value, type);

    /// <summary>What is converted to a span: only the array can be kept.</summary>
    private static Expression Plain(Expression argument) =>
        argument switch
        {
            UnaryExpression { NodeType: ExpressionType.Convert, Operand: var inner } when argument.Type.IsByRefLike =>
                Plain(inner),
            MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] }
                when argument.Type.IsByRefLike => Plain(inner),
            _ => argument,
        };

    /// <summary>Whether an expression can be computed before a call: of constants and variables from outside.</summary>
    private static bool IsFromOutside(Expression expression) =>
        expression switch
        {
            ConstantExpression or MemberExpression => CapturedVariables.IsOutside(expression),
            UnaryExpression { NodeType: not (ExpressionType.Quote or ExpressionType.Throw) } unary => IsFromOutside(
                unary.Operand
            ),
            BinaryExpression { NodeType: not ExpressionType.Assign } binary => IsFromOutside(binary.Left)
                && IsFromOutside(binary.Right),
            ConditionalExpression c => IsFromOutside(c.Test) && IsFromOutside(c.IfTrue) && IsFromOutside(c.IfFalse),
            NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => array.Expressions.All(IsFromOutside),
            _ => false,
        };

    private sealed class Finder : ExpressionVisitor
    {
        public List<Expression> Found { get; } = [];

        /// <summary>The kernels that are called and have such arguments themselves.</summary>
        public List<ICompiledLambda> Kernels { get; } = [];

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType is { } type && (type == typeof(Tensor) || type.Namespace == "Mlir.Arrays"))
            {
                var parameters = node.Method.GetParameters();
                for (var i = 0; i < parameters.Length; i++)
                {
                    var argument = Plain(node.Arguments[i]);
                    if (DecidesCode(parameters[i]) && !KnownValue.TryRead(argument, out _) && IsFromOutside(argument))
                    {
                        Found.Add(argument);
                    }
                }
            }

            return base.VisitMethodCall(node);
        }

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (ExpressionImporter.CalledKernel(node) is { } kernel)
            {
                var before = Found.Count;
                Visit(kernel.Source.Body);
                if (Found.Count > before)
                {
                    Kernels.Add(kernel);
                }
            }

            return base.VisitInvocation(node);
        }
    }

    private sealed class Fixer(Dictionary<Expression, Expression> known, IReadOnlyList<ICompiledLambda> kernels)
        : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) =>
            node is not null && known.TryGetValue(node, out var value) ? value : base.Visit(node);

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (ExpressionImporter.CalledKernel(node) is not { } kernel || !kernels.Contains(kernel))
            {
                return base.VisitInvocation(node);
            }

            var inner = (LambdaExpression)Visit(kernel.Source)!;
            var type = typeof(FixedLambda<>).MakeGenericType(inner.Type);
            var instance = Activator.CreateInstance(type, inner, kernel.Site);
            var target = Expression.Property(Expression.Constant(instance), nameof(FixedLambda<>.Invoke));
            return Expression.Invoke(target, node.Arguments.Select(a => Visit(a)!));
        }
    }
}
