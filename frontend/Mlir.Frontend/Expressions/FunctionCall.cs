using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>A call by name that was found in a lambda.</summary>
/// <param name="Name">The function's name; null when it is not known while compiling.</param>
/// <param name="Arguments">The arguments, without the boxing; default when they are not written out.</param>
/// <param name="Result">The type that the call expects.</param>
internal sealed record FunctionCall(string? Name, ImmutableArray<Expression> Arguments, Type Result)
{
    /// <summary>The types of the arguments.</summary>
    public ImmutableArray<Type> Types => [.. Arguments.Select(a => a.Type)];

    /// <summary>The call by name that <paramref name="call"/> is, or null.</summary>
    public static FunctionCall? Of(MethodCallExpression call)
    {
        if (call.Method.DeclaringType != typeof(Function) || call.Method.Name != nameof(Function.Call))
        {
            return null;
        }

        var name = CapturedVariables.IsOutside(call.Arguments[0])
            ? CapturedVariables.Read(call.Arguments[0]) as string
            : null;
        var arguments = call.Arguments[1] is NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array
            ? array.Expressions.Select(Unbox).ToImmutableArray()
            : default;
        return new FunctionCall(name, arguments, call.Type);
    }

    /// <summary>The function that <paramref name="functions"/> knows for the call, or null.</summary>
    public ResolvedFunction? Resolve(FunctionResolver? functions) =>
        Name is null || Arguments.IsDefault ? null : functions?.Invoke(Name, Types, Result);

    /// <summary>As <c>fib(int) → int</c>.</summary>
    public override string ToString() =>
        $"{Name}({string.Join(", ", Types.Select(CSharpText.TypeName))}) → {CSharpText.TypeName(Result)}";

    private static Expression Unbox(Expression argument) =>
        argument is UnaryExpression { NodeType: ExpressionType.Convert, Type: var type } box && type == typeof(object)
            ? box.Operand
            : argument;
}
