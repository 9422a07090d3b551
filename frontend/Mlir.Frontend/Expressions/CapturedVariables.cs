using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// Finds what a lambda reads from outside. Captured variables and fields become further parameters of the kernel and are read at every call, so a
/// kernel sees the variable's current value just as the lambda would; <c>static readonly</c> scalars and strings cannot
/// change and are compiled in.
/// </summary>
public static class CapturedVariables
{
    /// <summary>
    /// The leaves of the parameters of <paramref name="lambda"/> and of the variables that it and the functions it calls capture, in the order in
    /// which its kernel takes them.
    /// </summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="site">Where it stands in the source.</param>
    /// <param name="functions">Finds what it calls by name; null when there is nothing to find.</param>
    /// <exception cref="UnsupportedExpressionException">A parameter has a type that kernels do not take.</exception>
    public static ImmutableArray<KernelArgument> Collect(
        LambdaExpression lambda,
        CallSite site,
        FunctionResolver? functions = null
    )
    {
        var arguments = ImmutableArray.CreateBuilder<KernelArgument>();
        for (var i = 0; i < lambda.Parameters.Count; i++)
        {
            var parameter = lambda.Parameters[i];
            var layout =
                TypeLayout.TryGet(parameter.Type, out var reason)
                ?? throw new UnsupportedExpressionException(
                    site,
                    $"{CSharpText.TypeName(parameter.Type)} {parameter.Name}",
                    reason!
                );
            foreach (var leaf in layout.Leaves)
            {
                arguments.Add(new KernelArgument(leaf.NameIn(parameter.Name), leaf, i, null));
            }
        }

        var collector = new Collector(arguments, functions);
        collector.Visit(lambda.Body);
        return arguments.ToImmutable();
    }

    /// <summary>As for a lambda: the leaves of the inputs of <paramref name="composition"/>, then those of the variables that its lambdas capture.</summary>
    /// <param name="composition">The composition.</param>
    /// <param name="functions">Finds what its lambdas call by name; null when there is nothing to find.</param>
    /// <exception cref="UnsupportedExpressionException">An input has a type that kernels do not take.</exception>
    public static ImmutableArray<KernelArgument> Collect(Composition composition, FunctionResolver? functions = null)
    {
        ArgumentNullException.ThrowIfNull(composition);
        var arguments = ImmutableArray.CreateBuilder<KernelArgument>();
        for (var i = 0; i < composition.Inputs.Length; i++)
        {
            var layout =
                TypeLayout.TryGet(composition.Inputs[i], out var reason)
                ?? throw new UnsupportedExpressionException(
                    CallSite.Unknown,
                    CSharpText.TypeName(composition.Inputs[i]),
                    reason!
                );
            foreach (var leaf in layout.Leaves)
            {
                arguments.Add(new KernelArgument(leaf.NameIn($"input{i}"), leaf, i, null));
            }
        }

        var collector = new Collector(arguments, functions);
        foreach (
            var lambda in composition
                .Steps.Select(s => s.Lambda)
                .Distinct((IEqualityComparer<LambdaExpression>)ReferenceEqualityComparer.Instance)
        )
        {
            collector.Visit(lambda.Body);
        }

        return arguments.ToImmutable();
    }

    /// <summary>The position of the first leaf of the variable that <paramref name="member"/> reads, or −1.</summary>
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

    /// <summary>Whether the member never changes: a static readonly scalar or string, or a static property of a numeric type such as <c>Half.Pi</c>.</summary>
    internal static bool IsFixed(MemberExpression member) =>
        member switch
        {
            { Expression: null, Member: FieldInfo { IsInitOnly: true } or FieldInfo { IsLiteral: true } } =>
                ScalarType.TryGet(member.Type) is not null || member.Type == typeof(string),
            { Expression: null, Member: PropertyInfo property } => ScalarType.TryGet(property.DeclaringType!)
                is not null,
            _ => false,
        };

    private static bool Same(Expression? a, Expression? b) =>
        (a, b) switch
        {
            (null, null) => true,
            (ConstantExpression x, ConstantExpression y) => ReferenceEquals(x.Value, y.Value),
            (MemberExpression x, MemberExpression y) => x.Member == y.Member && Same(x.Expression, y.Expression),
            _ => false,
        };

    private sealed class Collector(ImmutableArray<KernelArgument>.Builder arguments, FunctionResolver? functions)
        : ExpressionVisitor
    {
        private readonly HashSet<LambdaExpression> _called = new(ReferenceEqualityComparer.Instance);

        protected override Expression VisitMember(MemberExpression node)
        {
            if (!IsOutside(node))
            {
                return base.VisitMember(node);
            }

            if (
                !IsFixed(node)
                && TypeLayout.TryGet(node.Type, out _) is { } layout
                && !arguments.Any(a => a.Captured is { } known && Same(known, node))
            )
            {
                foreach (var leaf in layout.Leaves)
                {
                    arguments.Add(new KernelArgument(leaf.NameIn(node.Member.Name), leaf, -1, node));
                }
            }

            return node;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (ThrownException.Of(node) is not null)
            {
                return node; // made of constants
            }

            if (FunctionCall.Of(node) is not { Arguments.IsDefault: false } call)
            {
                return base.VisitMethodCall(node);
            }

            foreach (var argument in call.Arguments)
            {
                Visit(argument);
            }

            if (call.Resolve(functions) is { } function && _called.Add(function.Lambda))
            {
                Visit(function.Lambda.Body);
            }

            return node;
        }

        protected override Expression VisitUnary(UnaryExpression node) =>
            node.NodeType == ExpressionType.Throw ? node : base.VisitUnary(node);

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
