using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Frontend.Expressions;

/// <summary>The exception that a <c>throw</c> in a lambda throws, as the text of an assertion.</summary>
internal static class ThrownException
{
    /// <summary>The exceptions that kernels can report, which arrive as themselves.</summary>
    private static readonly FrozenSet<Type> Known = new[]
    {
        typeof(OverflowException),
        typeof(DivideByZeroException),
        typeof(ArithmeticException),
        typeof(NotFiniteNumberException),
        typeof(IndexOutOfRangeException),
        typeof(ArgumentException),
        typeof(ArgumentOutOfRangeException),
        typeof(ArgumentNullException),
        typeof(RankException),
        typeof(InvalidCastException),
        typeof(FormatException),
        typeof(NotSupportedException),
        typeof(TimeoutException),
        typeof(OperationCanceledException),
        typeof(InvalidOperationException),
    }.ToFrozenSet();

    /// <summary>The exception that <paramref name="call"/> throws, or null when it is another call.</summary>
    public static Expression? Of(MethodCallExpression call) =>
        call.Method.DeclaringType == typeof(Throw) && call.Method.Name == nameof(Throw.Exception)
            ? call.Arguments[0]
            : null;

    /// <summary>The text of the assertion, <c>System.FormatException: message</c>.</summary>
    /// <param name="exception">The operand of the throw.</param>
    /// <param name="reason">Why there is none.</param>
    public static string? TextOf(Expression exception, out string? reason)
    {
        while (exception is UnaryExpression { NodeType: ExpressionType.Convert } upcast)
        {
            exception = upcast.Operand;
        }

        if (exception is not NewExpression { Constructor: { } constructor } made)
        {
            reason = "the exception must be made in place, with new";
            return null;
        }

        if (!Known.Contains(made.Type))
        {
            reason =
                $"kernels throw {string.Join(", ", Known.Select(t => t.Name).Order(StringComparer.Ordinal))}, not {CSharpText.TypeName(made.Type)}";
            return null;
        }

        var arguments = made.Arguments.Select(ConstantOf).ToArray();
        if (arguments.Any(a => a is null))
        {
            reason = "the exception's arguments must be constants";
            return null;
        }

        reason = null;
        try
        {
            // One of .NET's own exceptions, which words its message itself.
            var instance = (Exception)constructor.Invoke([.. arguments.Select(a => a!.Value)]);
            return $"{made.Type.FullName}: {instance.Message}";
        }
        catch (TargetInvocationException e)
        {
            reason = e.InnerException!.Message;
            return null;
        }
    }

    private static ConstantExpression? ConstantOf(Expression expression) =>
        expression switch
        {
            ConstantExpression constant => constant,
            UnaryExpression { NodeType: ExpressionType.Convert, Operand: ConstantExpression boxed } u
                when u.Type == typeof(object) => boxed,
            DefaultExpression { Type.IsValueType: false } => Expression.Constant(null),
            _ => null,
        };
}
