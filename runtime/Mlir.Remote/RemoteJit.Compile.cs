using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote;

public sealed partial class RemoteJit
{
    /// <summary>Makes a kernel of a lambda, given as an expression tree of any delegate type.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <param name="lambda">The lambda.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda takes or returns what no function does; the message quotes it.</exception>
    public RemoteKernel<TDelegate> Compile<TDelegate>(
        Expression<TDelegate> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(lambda);
        return new RemoteKernel<TDelegate>(_functions, lambda, new CallSite(file, line, text));
    }

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<TResult>> Compile<TResult>(
        Expression<Func<TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, TResult>> Compile<T1, TResult>(
        Expression<Func<T1, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, TResult>> Compile<T1, T2, TResult>(
        Expression<Func<T1, T2, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, TResult>> Compile<T1, T2, T3, TResult>(
        Expression<Func<T1, T2, T3, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, T4, TResult>> Compile<T1, T2, T3, T4, TResult>(
        Expression<Func<T1, T2, T3, T4, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, T4, T5, TResult>> Compile<T1, T2, T3, T4, T5, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, T4, T5, T6, TResult>> Compile<T1, T2, T3, T4, T5, T6, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> Compile<T1, T2, T3, T4, T5, T6, T7, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, T7, TResult>>(lambda, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, string, string, int)"/>
    public RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> Compile<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> lambda,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>>(lambda, text, file, line);
}
