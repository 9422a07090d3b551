namespace Mlir.Frontend;

/// <summary>Exceptions inside lambdas, where C# allows no <c>throw</c>.</summary>
/// <example><code>
/// (double x) => x >= 0 ? Math.Sqrt(x) : Throw.Exception&lt;double>(new ArgumentOutOfRangeException("x", "must not be negative"))
/// </code></example>
public static class Throw
{
    /// <summary>Throws <paramref name="exception"/>, compiled or not.</summary>
    /// <typeparam name="T">The type that the place in the expression asks for.</typeparam>
    /// <param name="exception">
    /// Made with <c>new</c> from constants. Compiled lambdas throw the exceptions that .NET itself throws: <see cref="ArgumentException"/> and its kinds,
    /// <see cref="InvalidOperationException"/>, <see cref="ArithmeticException"/> and its kinds, and the like.
    /// </param>
    public static T Exception<T>(Exception exception) =>
        throw exception ?? (Exception)new ArgumentNullException(nameof(exception));
}
