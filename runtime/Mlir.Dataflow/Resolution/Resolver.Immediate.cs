using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Mlir.Dataflow;

public sealed partial class Resolver
{
    private readonly ConcurrentDictionary<(AbstractAlgorithm Algorithm, string? Plugin), Delegate> _delegates = new();

    /// <summary>Calls an algorithm now.</summary>
    /// <typeparam name="T">The type that the result must have; it is translated if need be.</typeparam>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last. Null arguments are allowed.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    public T Run<T>(string name, params object?[] arguments) =>
        (T)RunNow(GetAlgorithm(name), Unpack(arguments), typeof(T), null)!;

    /// <summary>Calls an algorithm now; the result has the type that the implementation gives.</summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last. Null arguments are allowed.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    public object? Run(string name, params object?[] arguments) =>
        RunNow(GetAlgorithm(name), Unpack(arguments), null, null);

    /// <summary>Calls this version of an algorithm now.</summary>
    /// <param name="algorithm">The algorithm, from <see cref="GetAlgorithm(string, int?)"/>.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last. Null arguments are allowed.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    public object? Run(AbstractAlgorithm algorithm, params object?[] arguments) =>
        RunNow(algorithm, Unpack(arguments), null, null);

    /// <summary>Calls an algorithm now, by the delegate that declares it, so that the C# compiler checks the arguments.</summary>
    /// <typeparam name="TDelegate">The delegate type that declares the algorithm.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="call">The call.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    /// <example><code>
    /// Tensor&lt;double&gt; y = resolver.Call((Scale s) => s(x, 2.0));
    /// </code></example>
    public TResult Call<TDelegate, TResult>(Func<TDelegate, TResult> call)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(call);
        return call(Get<TDelegate>());
    }

    /// <summary>A delegate that calls an algorithm, whichever implementation fits its arguments.</summary>
    /// <typeparam name="TDelegate">The delegate type that declares the algorithm.</typeparam>
    /// <exception cref="DispatchException">The algorithm is not registered.</exception>
    public TDelegate Get<TDelegate>()
        where TDelegate : Delegate => Get<TDelegate>(null);

    /// <summary>Calls only implementations of one plugin, never those of others.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <exception cref="DispatchException">There is no such plugin.</exception>
    /// <example><code>
    /// resolver.Only("Plugin").Run&lt;Tensor&lt;double&gt;&gt;("example.scale", x, 2.0)
    /// </code></example>
    public PluginCalls Only(string plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return Plugins.Contains(plugin)
            ? new PluginCalls(this, plugin)
            : throw new DispatchException($"there is no plugin {plugin}{Suggestion.For(plugin, Plugins)}");
    }

    // A string[] given as the only argument is that argument, not the list of arguments: C# would take it for either.
    internal static object?[] Unpack(object?[]? arguments) =>
        arguments is null ? [null]
        : arguments.GetType() == typeof(object[]) ? arguments
        : [arguments];

    internal TDelegate Get<TDelegate>(string? plugin)
        where TDelegate : Delegate =>
        (TDelegate)
            _delegates.GetOrAdd(
                (GetAlgorithm(typeof(TDelegate)), plugin),
                static (key, resolver) => BoundDelegates.Make(resolver, key.Algorithm, key.Plugin),
                this
            );

    internal object? RunNow(AbstractAlgorithm algorithm, object?[] arguments, Type? resultType, string? plugin)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        var bound = CallArguments.Bind(algorithm, arguments);
        var plan = PlanValues(algorithm, bound, resultType, plugin).OrThrow();
        var result = Translate(RunChosen(plan.Candidates[0], bound, Invoke), plan.ResultTranslations);
        if (resultType is null || resultType.IsInstanceOfType(result))
        {
            return result;
        }

        if (result is null)
        {
            return !resultType.IsValueType || Nullable.GetUnderlyingType(resultType) is not null
                ? null
                : throw new DispatchException($"{plan.Chosen} gives null, which is no {TypeName.Of(resultType)}");
        }

        // The implementation promises less than what is wanted; now it shows what it gave.
        result = Translate(result, resultType);
        return resultType.IsInstanceOfType(result)
            ? result
            : throw new DispatchException(
                $"{plan.Chosen} gives a {TypeName.Of(result.GetType())}, which is a form of {TypeName.Of(resultType)} but no {TypeName.Of(resultType)} in C#: ask for one of its forms"
            );
    }

    // Gives what the implementation gives, not translated yet.
    internal object? RunChosen(Candidate chosen, object?[] bound, Func<TaskFunction, object?[], object?> invoke)
    {
        var function = chosen.Algorithm;
        var arguments = new object?[function.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] =
                i < bound.Length ? Translate(bound[i], chosen.Translations[i]) : function.Parameters[i].Default;
        }

        var result = invoke(function, arguments);
        var promised = function.ResultRequirements.AddRange(function.Algorithm.ResultRequirements);
        if (promised.IsEmpty)
        {
            return result;
        }

        return new PropertyChecks(_registry).Check(promised, result) is { } problem
            ? throw new DispatchException($"the result of {function.Id} {problem}")
            : result;
    }

    internal object? Translate(object? value, ImmutableArray<Translator> steps)
    {
        foreach (var step in steps)
        {
            value = Invoke(step, [value]);
        }

        return value;
    }
}
