using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

// The overloads have a fixed number of arguments, so that the C# compiler fills in the place of the call; more arguments than are given would
// otherwise bind to the place, hence the priorities.
public sealed partial class Flow
{
    /// <summary>Calls the algorithm that a delegate type declares, later.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <remarks>An argument is a value of this graph, a constant, any other value, or a <see cref="Named"/> one.</remarks>
    /// <exception cref="FlowException">There is no implementation for these arguments; the message names the call's place and says why.</exception>
    public FlowValue Call<TDelegate>([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TDelegate : Delegate => CallWith<TDelegate>([], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(1)]
    public FlowValue Call<TDelegate>(object? a, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TDelegate : Delegate => CallWith<TDelegate>([a], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(2)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(3)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(4)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        object? d,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c, d], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(5)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c, d, e], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(6)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c, d, e, f], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(7)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        object? g,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c, d, e, f, g], file: file, line: line);

    /// <inheritdoc cref="Call{TDelegate}(string,int)"/>
    [OverloadResolutionPriority(8)]
    public FlowValue Call<TDelegate>(
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        object? g,
        object? h,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate => CallWith<TDelegate>([a, b, c, d, e, f, g, h], file: file, line: line);

    /// <summary>Calls an algorithm, later.</summary>
    /// <param name="algorithm">The algorithm's name; its newest version is meant.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <remarks>An argument is a value of this graph, a constant, any other value, or a <see cref="Named"/> one.</remarks>
    /// <exception cref="FlowException">There is no such algorithm or no implementation for these arguments; the message names the call's place and says why.</exception>
    public FlowValue Call(string algorithm, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        CallWith(algorithm, [], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(1)]
    public FlowValue Call(
        string algorithm,
        object? a,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(2)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(3)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(4)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        object? d,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c, d], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(5)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c, d, e], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(6)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c, d, e, f], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(7)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        object? g,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c, d, e, f, g], file: file, line: line);

    /// <inheritdoc cref="Call(string,string,int)"/>
    [OverloadResolutionPriority(8)]
    public FlowValue Call(
        string algorithm,
        object? a,
        object? b,
        object? c,
        object? d,
        object? e,
        object? f,
        object? g,
        object? h,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => CallWith(algorithm, [a, b, c, d, e, f, g, h], file: file, line: line);

    /// <summary>Calls the algorithm that a delegate type declares, later, with any number of arguments.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <param name="arguments">The arguments.</param>
    /// <param name="plugin">The plugin whose implementation is to run; null for any.</param>
    /// <param name="resultType">The type that the result is to have; null for any.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">There is no implementation for these arguments; the message names the call's place and says why.</exception>
    public FlowValue CallWith<TDelegate>(
        object?[] arguments,
        string? plugin = null,
        Type? resultType = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var site = new CallSite(file, line, "");
        return AddCall(FindAlgorithm(typeof(TDelegate), site), arguments, plugin, resultType, site);
    }

    /// <summary>Calls an algorithm, later, with any number of arguments.</summary>
    /// <param name="algorithm">The algorithm's name.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="plugin">The plugin whose implementation is to run; null for any.</param>
    /// <param name="version">The algorithm's version; null for the newest.</param>
    /// <param name="resultType">The type that the result is to have; null for any.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">There is no such algorithm or no implementation for these arguments; the message names the call's place and says why.</exception>
    public FlowValue CallWith(
        string algorithm,
        object?[] arguments,
        string? plugin = null,
        int? version = null,
        Type? resultType = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(arguments);
        var site = new CallSite(file, line, "");
        return AddCall(FindAlgorithm(algorithm, version, site), arguments, plugin, resultType, site);
    }

    /// <summary>Calls the algorithm that a delegate type declares, later, with the types that the C# compiler checks.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="call">The call; values of this graph stand in it by their <see cref="FlowValue{T}.Value"/>.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <example><code>var y = flow.Call((Scale scale) => scale(x.Value, by: 2.0));</code></example>
    /// <exception cref="FlowException">The expression is no call, or there is no implementation for these arguments.</exception>
    public FlowValue<TResult> Call<TDelegate, TResult>(
        Expression<Func<TDelegate, TResult>> call,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(call);
        var site = new CallSite(file, line, "");
        return new CallExpression(call.Parameters[0], site, AddInvocation).Read(call.Body).As<TResult>(file, line);

        FlowValue AddInvocation(object?[] arguments) =>
            AddCall(FindAlgorithm(typeof(TDelegate), site), arguments, null, null, site);
    }
}
