namespace Mlir.Frontend;

/// <summary>Calls of functions by name inside lambdas that are compiled: of others, and of themselves.</summary>
/// <example><code>
/// (int n) => n &lt; 2 ? n : Function.Call&lt;int>("fib", n - 1) + Function.Call&lt;int>("fib", n - 2)
/// </code></example>
public static class Function
{
    /// <summary>Stands for the call of the function <paramref name="name"/>.</summary>
    /// <typeparam name="TResult">The type that the function returns.</typeparam>
    /// <param name="name">The function's name: a constant, or a captured variable whose value is taken when the lambda is compiled.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="InvalidOperationException">Always: the name has a meaning in compiled lambdas only.</exception>
    public static TResult Call<TResult>(string name, params object?[] arguments) =>
        throw new InvalidOperationException(
            $"Function.Call(\"{name}\", …) can run only in a compiled lambda: the name is looked up when the lambda is compiled."
        );
}
