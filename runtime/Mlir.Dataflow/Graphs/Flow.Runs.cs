using System.Runtime.CompilerServices;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    /// <summary>Runs a function that no registry knows, later. It is left as it is: never merged, moved into another task, or compiled.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="name">Its name in pictures and errors; null for <c>run</c>.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    public FlowValue<TResult> Run<TResult>(
        Func<TResult> function,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    /// <remarks>The token is cancelled when the run is to stop.</remarks>
    public FlowValue<TResult> Run<TResult>(
        Func<CancellationToken, TResult> function,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, TResult>(
        Func<T1, TResult> function,
        FlowValue a,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, TResult>(
        Func<T1, TResult> function,
        FlowValue<T1> a,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{CancellationToken,TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, TResult>(
        Func<T1, CancellationToken, TResult> function,
        FlowValue a,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, T2, TResult>(
        Func<T1, T2, TResult> function,
        FlowValue a,
        FlowValue b,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a, b], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, T2, TResult>(
        Func<T1, T2, TResult> function,
        FlowValue<T1> a,
        FlowValue<T2> b,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a, b], name, file, line).As<TResult>();

    /// <inheritdoc cref="Run{TResult}(Func{TResult},string?,string,int)"/>
    public FlowValue<TResult> Run<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function,
        FlowValue a,
        FlowValue b,
        FlowValue c,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => RunWith(function, [a, b, c], name, file, line).As<TResult>();

    /// <summary>Runs a function of any delegate type, later.</summary>
    /// <param name="function">The function. A last parameter of type <see cref="CancellationToken"/> gets the run's token.</param>
    /// <param name="arguments">One for each other parameter: a value of this graph, a constant, or any other value.</param>
    /// <param name="name">Its name in pictures and errors; null for <c>run</c>.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">The arguments do not fit the function, or it gives no result.</exception>
    public FlowValue RunWith(
        Delegate function,
        object?[] arguments,
        string? name = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(arguments);
        var site = new CallSite(file, line, "");
        var foreign = new ForeignFunction(function);
        if (foreign.ResultType == typeof(void))
        {
            throw new FlowException(site, "a function without a result cannot be a task: nothing would ask for it");
        }

        if (foreign.Parameters.Length != arguments.Length)
        {
            throw new FlowException(
                site,
                $"the function takes {foreign.Parameters.Length} arguments, not {arguments.Length}"
            );
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            Check(arguments[i], foreign.Parameters[i], i, site);
        }

        lock (_lock)
        {
            var location = site.Location;
            var operands = new Value[arguments.Length];
            for (var i = 0; i < operands.Length; i++)
            {
                operands[i] = (
                    arguments[i] as FlowValue
                    ?? AddConstant(arguments[i], new TaskParameter("argument", foreign.Parameters[i]), site, location)
                ).Result;
            }

            return AddRun(foreign, operands, _names.Take(name ?? "run"), location);
        }
    }

    private FlowValue AddRun(ForeignFunction function, Value[] operands, string name, Location location)
    {
        _types.Add(function.ResultType);
        _data.Add(name, function);
        var op = new RunOp(location, operands, name, _types[function.ResultType]);
        _graph.Body.Insert(op);
        return new FlowValue(this, op.Result, function.ResultType);
    }

    private void Check(object? argument, Type parameter, int index, CallSite site)
    {
        if (argument is FlowValue value && value.Flow != this)
        {
            throw new FlowException(
                site,
                $"argument {index} is a value of another graph, {value.Flow.Name}: compute it first, or build both in one graph"
            );
        }

        var type = argument is FlowValue node ? node.Type : argument?.GetType();
        if (
            type is null
                ? parameter.IsValueType && Nullable.GetUnderlyingType(parameter) is null
                : !parameter.IsAssignableFrom(type)
        )
        {
            throw new FlowException(
                site,
                $"argument {index} is {(type is null ? "null" : $"of type {TypeName.Of(type)}")}, but the function takes {TypeName.Of(parameter)}"
            );
        }
    }
}
