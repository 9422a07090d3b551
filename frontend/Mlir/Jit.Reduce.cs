using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir;

/// <content>Functions of two scalars made into reductions.</content>
public static partial class Jit
{
    /// <summary>Makes of a function that combines two scalars what NumPy makes of a binary universal function.</summary>
    /// <typeparam name="T">The type of elements and results.</typeparam>
    /// <param name="combine">
    /// Combines two scalars. It must be associative and commutative: elements are combined in an order that depends on the sizes only, not from the first
    /// to the last.
    /// </param>
    /// <param name="identity">The scalar that changes nothing: what combining no elements gives.</param>
    /// <param name="options">How to compile; null for <see cref="JitOptions.Default"/>.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <example><code>
    /// var longest = Jit.Reduce((double a, double b) => Math.Max(a, b), double.NegativeInfinity);
    /// double all = longest.Reduce(x);
    /// Tensor&lt;double> rows = longest.Reduce(x, axis: 1);
    /// </code></example>
    public static Reduction<T> Reduce<T>(
        Expression<Func<T, T, T>> combine,
        T identity,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(combine))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(combine);
        return new Reduction<T>(combine, identity, options, new CallSite(file, line, text));
    }
}
