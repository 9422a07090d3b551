using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Mlir.Dataflow;

public sealed partial class Resolver
{
    private readonly ConcurrentDictionary<AbstractAlgorithm, Delegate> _delegates = new();

    /// <summary>Calls an algorithm now.</summary>
    /// <typeparam name="T">The type that the result must have; it is translated if need be.</typeparam>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last. Null arguments are allowed.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    public T Run<T>(string name, params object?[] arguments) => (T)Run(GetAlgorithm(name), arguments, typeof(T), null)!;

    /// <summary>Calls an algorithm now; the result has the type that the implementation gives.</summary>
    /// <param name="name">The algorithm's name.</param>
    /// <param name="arguments">The arguments, <see cref="Named"/> ones last. Null arguments are allowed.</param>
    /// <exception cref="DispatchException">No implementation can be used; the message says why of each.</exception>
    public object? Run(string name, params object?[] arguments) => Run(GetAlgorithm(name), arguments, null, null);

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
        where TDelegate : Delegate
    {
        var algorithm = GetAlgorithm(typeof(TDelegate));
        return (TDelegate)
            _delegates.GetOrAdd(algorithm, static (a, resolver) => BoundDelegates.Make(resolver, a, null), this);
    }

    internal object? Run(AbstractAlgorithm algorithm, object?[]? arguments, Type? resultType, string? plugin)
    {
        var bound = CallArguments.Bind(algorithm, Unpack(arguments));
        var types = new Type[bound.Length];
        for (var i = 0; i < bound.Length; i++)
        {
            types[i] = bound[i]?.GetType() ?? typeof(void);
        }

        return Carry(Plan(algorithm, types, resultType, plugin).OrThrow(), bound);
    }

    // A string[] given as the only argument is that argument, not the list of arguments: C# would take it for either.
    private static object?[] Unpack(object?[]? arguments) =>
        arguments is null ? [null]
        : arguments.GetType() == typeof(object[]) ? arguments
        : [arguments];

    private object? Carry(CallPlan plan, object?[] bound)
    {
        var chosen = plan.Chosen!;
        var arguments = new object?[chosen.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = i < bound.Length ? Translate(bound[i], plan.Translations[i]) : chosen.Parameters[i].Default;
        }

        return Translate(Invoke(chosen, arguments), plan.ResultTranslations);
    }

    private object? Translate(object? value, ImmutableArray<Translator> steps)
    {
        foreach (var step in steps)
        {
            value = Invoke(step, [value]);
        }

        return value;
    }
}
