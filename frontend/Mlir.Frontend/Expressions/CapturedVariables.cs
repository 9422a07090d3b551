using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// Finds what a lambda reads from outside. Captured variables and fields become further parameters of the kernel and are read at every call, so a
/// kernel sees the variable's current value just as the lambda would; <c>static readonly</c> scalars cannot change and are compiled in.
/// </summary>
public static class CapturedVariables
{
    /// <summary>The parameters of <paramref name="lambda"/> and the variables it captures, in the order in which its kernel takes them.</summary>
    /// <exception cref="UnsupportedExpressionException">A parameter has a type that kernels do not take.</exception>
    public static ImmutableArray<KernelArgument> Collect(LambdaExpression lambda, CallSite site)
    {
        var arguments = ImmutableArray.CreateBuilder<KernelArgument>();
        for (var i = 0; i < lambda.Parameters.Count; i++)
        {
            var parameter = lambda.Parameters[i];
            arguments.Add(
                Describe(parameter.Type, i, null)
                    ?? throw new UnsupportedExpressionException(
                        site,
                        $"{CSharpText.TypeName(parameter.Type)} {parameter.Name}",
                        "parameters are scalars (sbyte … ulong, nint, nuint, char, Half, float, double, bool), arrays of them, or Tensor<T> of them"
                    )
            );
        }

        var collector = new Collector(arguments);
        collector.Visit(lambda.Body);
        return arguments.ToImmutable();
    }

    /// <summary>The position of the argument that reads the same variable as <paramref name="member"/>, or −1.</summary>
    internal static int IndexOf(ImmutableArray<KernelArgument> arguments, MemberExpression member)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Captured is { } captured && Same(captured, member))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The object that a chain of members reads now; only for chains that start at a constant or a static member.</summary>
    internal static object? Read(Expression expression) =>
        expression switch
        {
            ConstantExpression constant => constant.Value,
            MemberExpression { Member: FieldInfo field } m => field.GetValue(
                m.Expression is null ? null : Read(m.Expression)
            ),
            MemberExpression { Member: PropertyInfo property } m => property.GetValue(
                m.Expression is null ? null : Read(m.Expression)
            ),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>Whether <paramref name="expression"/> is a chain of fields and properties from a constant or a static member.</summary>
    internal static bool IsOutside(Expression? expression) =>
        expression switch
        {
            ConstantExpression => true,
            MemberExpression { Expression: null } => true,
            MemberExpression member => IsOutside(member.Expression),
            _ => false,
        };

    /// <summary>Whether the member never changes: a static readonly field, or a static property of a numeric type such as <c>Half.Pi</c>.</summary>
    internal static bool IsFixed(MemberExpression member) =>
        member switch
        {
            { Expression: null, Member: FieldInfo { IsInitOnly: true } or FieldInfo { IsLiteral: true } } => true,
            { Expression: null, Member: PropertyInfo property } => ScalarType.TryGet(property.DeclaringType!)
                is not null,
            _ => false,
        };

    private static KernelArgument? Describe(Type type, int parameter, MemberExpression? captured)
    {
        if (ScalarType.TryGet(type) is { } scalar)
        {
            return new KernelArgument(type, scalar, ArgumentKind.Scalar, parameter, captured);
        }

        if (
            type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(Tensor<>)
            && ScalarType.TryGet(type.GetGenericArguments()[0]) is { } element
        )
        {
            return new KernelArgument(type, element, ArgumentKind.Tensor, parameter, captured);
        }

        return type.IsSZArray && ScalarType.TryGet(type.GetElementType()!) is { } item
            ? new KernelArgument(type, item, ArgumentKind.Array, parameter, captured)
            : null;
    }

    private static bool Same(Expression? a, Expression? b) =>
        (a, b) switch
        {
            (null, null) => true,
            (ConstantExpression x, ConstantExpression y) => ReferenceEquals(x.Value, y.Value),
            (MemberExpression x, MemberExpression y) => x.Member == y.Member && Same(x.Expression, y.Expression),
            _ => false,
        };

    private sealed class Collector(ImmutableArray<KernelArgument>.Builder arguments) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node)
        {
            if (!IsOutside(node))
            {
                return base.VisitMember(node);
            }

            if (
                !IsFixed(node)
                && Describe(node.Type, -1, node) is { } argument
                && !arguments.Any(a => a.Captured is { } known && Same(known, node))
            )
            {
                arguments.Add(argument);
            }

            return node;
        }

        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (ExpressionImporter.CalledKernel(node) is { } kernel)
            {
                foreach (var argument in node.Arguments)
                {
                    Visit(argument);
                }

                Visit(kernel.Source.Body);
                return node;
            }

            return base.VisitInvocation(node);
        }
    }
}
