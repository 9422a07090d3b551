using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mlir.Remote.Functions;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote;

public sealed partial class RemoteJit
{
    /// <summary>Defines a function of any number of overloads.</summary>
    /// <param name="name">Its name; a name that was taken now means these lambdas.</param>
    /// <param name="lambdas">The overloads.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public RemoteFunction Define(
        string name,
        IEnumerable<LambdaExpression> lambdas,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        return Define(name, lambdas.Select(lambda => (lambda, lambda.ToString())), file, line);
    }

    /// <summary>Defines a function, one lambda for each overload. It is sent at its first call.</summary>
    /// <param name="name">Its name; a name that was taken now means these lambdas.</param>
    /// <param name="lambda1">An overload.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <param name="text1">The lambda's source text; filled in by the C# compiler.</param>
    /// <exception cref="ArgumentException">Two overloads take the same.</exception>
    /// <exception cref="Frontend.UnsupportedExpressionException">A lambda takes or returns what no function does; the message quotes it.</exception>
    public RemoteFunction Define(
        string name,
        LambdaExpression lambda1,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerArgumentExpression(nameof(lambda1))] string text1 = ""
    ) => Define(name, [(lambda1, text1)], file, line);

    /// <summary>Defines a function, one lambda for each overload. It is sent at its first call.</summary>
    /// <param name="name">Its name; a name that was taken now means these lambdas.</param>
    /// <param name="lambda1">An overload.</param>
    /// <param name="lambda2">An overload.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <param name="text1">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text2">The lambda's source text; filled in by the C# compiler.</param>
    /// <exception cref="ArgumentException">Two overloads take the same.</exception>
    /// <exception cref="Frontend.UnsupportedExpressionException">A lambda takes or returns what no function does; the message quotes it.</exception>
    public RemoteFunction Define(
        string name,
        LambdaExpression lambda1,
        LambdaExpression lambda2,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerArgumentExpression(nameof(lambda1))] string text1 = "",
        [CallerArgumentExpression(nameof(lambda2))] string text2 = ""
    ) => Define(name, [(lambda1, text1), (lambda2, text2)], file, line);

    /// <summary>Defines a function, one lambda for each overload. It is sent at its first call.</summary>
    /// <param name="name">Its name; a name that was taken now means these lambdas.</param>
    /// <param name="lambda1">An overload.</param>
    /// <param name="lambda2">An overload.</param>
    /// <param name="lambda3">An overload.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <param name="text1">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text2">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text3">The lambda's source text; filled in by the C# compiler.</param>
    /// <exception cref="ArgumentException">Two overloads take the same.</exception>
    /// <exception cref="Frontend.UnsupportedExpressionException">A lambda takes or returns what no function does; the message quotes it.</exception>
    public RemoteFunction Define(
        string name,
        LambdaExpression lambda1,
        LambdaExpression lambda2,
        LambdaExpression lambda3,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerArgumentExpression(nameof(lambda1))] string text1 = "",
        [CallerArgumentExpression(nameof(lambda2))] string text2 = "",
        [CallerArgumentExpression(nameof(lambda3))] string text3 = ""
    ) => Define(name, [(lambda1, text1), (lambda2, text2), (lambda3, text3)], file, line);

    /// <summary>Defines a function, one lambda for each overload. It is sent at its first call.</summary>
    /// <param name="name">Its name; a name that was taken now means these lambdas.</param>
    /// <param name="lambda1">An overload.</param>
    /// <param name="lambda2">An overload.</param>
    /// <param name="lambda3">An overload.</param>
    /// <param name="lambda4">An overload.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <param name="text1">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text2">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text3">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="text4">The lambda's source text; filled in by the C# compiler.</param>
    /// <exception cref="ArgumentException">Two overloads take the same.</exception>
    /// <exception cref="Frontend.UnsupportedExpressionException">A lambda takes or returns what no function does; the message quotes it.</exception>
    public RemoteFunction Define(
        string name,
        LambdaExpression lambda1,
        LambdaExpression lambda2,
        LambdaExpression lambda3,
        LambdaExpression lambda4,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0,
        [CallerArgumentExpression(nameof(lambda1))] string text1 = "",
        [CallerArgumentExpression(nameof(lambda2))] string text2 = "",
        [CallerArgumentExpression(nameof(lambda3))] string text3 = "",
        [CallerArgumentExpression(nameof(lambda4))] string text4 = ""
    ) => Define(name, [(lambda1, text1), (lambda2, text2), (lambda3, text3), (lambda4, text4)], file, line);

    private RemoteFunction Define(
        string name,
        IEnumerable<(LambdaExpression Lambda, string Text)> lambdas,
        string file,
        int line
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var overloads = lambdas
            .Select(overload => new FunctionOverload(overload.Lambda, new CallSite(file, line, overload.Text)))
            .ToArray();
        return overloads.Length == 0
            ? throw new ArgumentException($"'{name}' needs a lambda", nameof(lambdas))
            : new RemoteFunction(_functions.Define(name, overloads, isTemplate: false));
    }
}
