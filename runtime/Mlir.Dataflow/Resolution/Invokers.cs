using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>Makes functions over arrays of arguments from methods, delegates and lambdas.</summary>
internal static class Invokers
{
    /// <summary>Calls a method; exceptions come through unchanged.</summary>
    public static Func<object?[], object?> Of(MethodInfo method, object? target)
    {
        var invoker = MethodInvoker.Create(method);
        return arguments => invoker.Invoke(target, arguments.AsSpan());
    }

    /// <summary>Calls a delegate.</summary>
    public static Func<object?[], object?> Of(Delegate function) =>
        Of(function.GetType().GetMethod("Invoke")!, function);

    /// <summary>Calls a lambda, which is made executable when it is first called.</summary>
    public static Func<object?[], object?> Of(LambdaExpression lambda)
    {
        var invoke = new Lazy<Func<object?[], object?>>(() => Of(lambda.Compile()));
        return arguments => invoke.Value(arguments);
    }
}
