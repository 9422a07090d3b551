using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;

namespace Mlir;

/// <content>Functions of scalars made into functions of tensors.</content>
public static partial class Jit
{
    /// <summary>Makes a function of tensors of a function of scalars: it is applied to every element, and shapes broadcast by the rules of NumPy.</summary>
    /// <param name="lambda">Takes scalars and returns one, or a tuple of them, for which tensors come back in a tuple. It may capture scalars.</param>
    /// <param name="options">How to compile; null for <see cref="JitOptions.Default"/>.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="UnsupportedExpressionException">The lambda holds something that has no compiled form; the message quotes it.</exception>
    /// <exception cref="BackendUnavailableException">The backend cannot be used on this machine; the message says what to install.</exception>
    /// <example><code>
    /// var discounted = Jit.Vectorize((double price, double rate) => price * Math.Exp(-rate));
    /// Tensor&lt;double> y = discounted.Invoke(prices, 0.03);
    /// </code></example>
    public static Vectorized<Func<ArrayLike<T1>, Tensor<TResult>>> Vectorize<T1, TResult>(
        Expression<Func<T1, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<TResult>>>(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, x1 => invoke(x1.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<Func<ArrayLike<T1>, ArrayLike<T2>, Tensor<TResult>>> Vectorize<T1, T2, TResult>(
        Expression<Func<T1, T2, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, Tensor<TResult>>>(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2) => invoke(x1.Tensor, x2.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, Tensor<TResult>>> Vectorize<
        T1,
        T2,
        T3,
        TResult
    >(
        Expression<Func<T1, T2, T3, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<TResult>>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3) => invoke(x1.Tensor, x2.Tensor, x3.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, ArrayLike<T4>, Tensor<TResult>>
    > Vectorize<T1, T2, T3, T4, TResult>(
        Expression<Func<T1, T2, T3, T4, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, Tensor<TResult>>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3, x4) => invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, ArrayLike<T4>, ArrayLike<T5>, Tensor<TResult>>
    > Vectorize<T1, T2, T3, T4, T5, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, Tensor<T5>, Tensor<TResult>>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(
            kernel.Ir,
            kernel.Target,
            (x1, x2, x3, x4, x5) => invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor, x5.Tensor)
        );
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, ArrayLike<T4>, ArrayLike<T5>, ArrayLike<T6>, Tensor<TResult>>
    > Vectorize<T1, T2, T3, T4, T5, T6, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, Tensor<T5>, Tensor<T6>, Tensor<TResult>>
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(
            kernel.Ir,
            kernel.Target,
            (x1, x2, x3, x4, x5, x6) => invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor, x5.Tensor, x6.Tensor)
        );
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<
            ArrayLike<T1>,
            ArrayLike<T2>,
            ArrayLike<T3>,
            ArrayLike<T4>,
            ArrayLike<T5>,
            ArrayLike<T6>,
            ArrayLike<T7>,
            Tensor<TResult>
        >
    > Vectorize<T1, T2, T3, T4, T5, T6, T7, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, Tensor<T5>, Tensor<T6>, Tensor<T7>, Tensor<TResult>>
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(
            kernel.Ir,
            kernel.Target,
            (x1, x2, x3, x4, x5, x6, x7) =>
                invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor, x5.Tensor, x6.Tensor, x7.Tensor)
        );
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<
            ArrayLike<T1>,
            ArrayLike<T2>,
            ArrayLike<T3>,
            ArrayLike<T4>,
            ArrayLike<T5>,
            ArrayLike<T6>,
            ArrayLike<T7>,
            ArrayLike<T8>,
            Tensor<TResult>
        >
    > Vectorize<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<
                Tensor<T1>,
                Tensor<T2>,
                Tensor<T3>,
                Tensor<T4>,
                Tensor<T5>,
                Tensor<T6>,
                Tensor<T7>,
                Tensor<T8>,
                Tensor<TResult>
            >
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(
            kernel.Ir,
            kernel.Target,
            (x1, x2, x3, x4, x5, x6, x7, x8) =>
                invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor, x5.Tensor, x6.Tensor, x7.Tensor, x8.Tensor)
        );
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<Func<ArrayLike<T1>, (Tensor<TResult1>, Tensor<TResult2>)>> Vectorize<
        T1,
        TResult1,
        TResult2
    >(
        Expression<Func<T1, (TResult1, TResult2)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, (Tensor<TResult1>, Tensor<TResult2>)>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, x1 => invoke(x1.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<Func<ArrayLike<T1>, ArrayLike<T2>, (Tensor<TResult1>, Tensor<TResult2>)>> Vectorize<
        T1,
        T2,
        TResult1,
        TResult2
    >(
        Expression<Func<T1, T2, (TResult1, TResult2)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, (Tensor<TResult1>, Tensor<TResult2>)>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2) => invoke(x1.Tensor, x2.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, (Tensor<TResult1>, Tensor<TResult2>)>
    > Vectorize<T1, T2, T3, TResult1, TResult2>(
        Expression<Func<T1, T2, T3, (TResult1, TResult2)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, (Tensor<TResult1>, Tensor<TResult2>)>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3) => invoke(x1.Tensor, x2.Tensor, x3.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, ArrayLike<T4>, (Tensor<TResult1>, Tensor<TResult2>)>
    > Vectorize<T1, T2, T3, T4, TResult1, TResult2>(
        Expression<Func<T1, T2, T3, T4, (TResult1, TResult2)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, (Tensor<TResult1>, Tensor<TResult2>)>
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3, x4) => invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<Func<ArrayLike<T1>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>> Vectorize<
        T1,
        TResult1,
        TResult2,
        TResult3
    >(
        Expression<Func<T1, (TResult1, TResult2, TResult3)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, x1 => invoke(x1.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>
    > Vectorize<T1, T2, TResult1, TResult2, TResult3>(
        Expression<Func<T1, T2, (TResult1, TResult2, TResult3)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<Func<Tensor<T1>, Tensor<T2>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>>(
            lambda,
            options,
            text,
            file,
            line
        );
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2) => invoke(x1.Tensor, x2.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<ArrayLike<T1>, ArrayLike<T2>, ArrayLike<T3>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>
    > Vectorize<T1, T2, T3, TResult1, TResult2, TResult3>(
        Expression<Func<T1, T2, T3, (TResult1, TResult2, TResult3)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3) => invoke(x1.Tensor, x2.Tensor, x3.Tensor));
    }

    /// <inheritdoc cref="Vectorize{T1, TResult}(Expression{Func{T1, TResult}}, JitOptions?, string, string, int)"/>
    public static Vectorized<
        Func<
            ArrayLike<T1>,
            ArrayLike<T2>,
            ArrayLike<T3>,
            ArrayLike<T4>,
            (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)
        >
    > Vectorize<T1, T2, T3, T4, TResult1, TResult2, TResult3>(
        Expression<Func<T1, T2, T3, T4, (TResult1, TResult2, TResult3)>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        var kernel = Elementwise<
            Func<Tensor<T1>, Tensor<T2>, Tensor<T3>, Tensor<T4>, (Tensor<TResult1>, Tensor<TResult2>, Tensor<TResult3>)>
        >(lambda, options, text, file, line);
        var invoke = kernel.Invoke;
        return new(kernel.Ir, kernel.Target, (x1, x2, x3, x4) => invoke(x1.Tensor, x2.Tensor, x3.Tensor, x4.Tensor));
    }

    private static Kernel<TDelegate> Elementwise<TDelegate>(
        LambdaExpression scalar,
        JitOptions? options,
        string text,
        string file,
        int line
    )
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(scalar, "lambda");
        var parameters = scalar
            .Parameters.Select(p => Expression.Parameter(typeof(Tensor<>).MakeGenericType(p.Type), p.Name))
            .ToArray();
        var call = new ElementwiseCall(scalar, parameters);
        return Compile(Expression.Lambda<TDelegate>(call, parameters), options, text, file, line);
    }
}
