namespace Mlir.Dataflow;

/// <summary>Calls that only implementations of one plugin carry out. Arguments and results are still translated.</summary>
public sealed class PluginCalls
{
    private readonly Resolver _resolver;

    internal PluginCalls(Resolver resolver, string plugin)
    {
        _resolver = resolver;
        Plugin = plugin;
    }

    /// <summary>The plugin's name.</summary>
    public string Plugin { get; }

    /// <inheritdoc cref="Resolver.Run{T}(string, object?[])"/>
    public T Run<T>(string name, params object?[] arguments) =>
        (T)_resolver.RunNow(_resolver.GetAlgorithm(name), Resolver.Unpack(arguments), typeof(T), Plugin)!;

    /// <inheritdoc cref="Resolver.Run(string, object?[])"/>
    public object? Run(string name, params object?[] arguments) =>
        _resolver.RunNow(_resolver.GetAlgorithm(name), Resolver.Unpack(arguments), null, Plugin);

    /// <inheritdoc cref="Resolver.Call{TDelegate, TResult}(Func{TDelegate, TResult})"/>
    public TResult Call<TDelegate, TResult>(Func<TDelegate, TResult> call)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(call);
        return call(_resolver.Get<TDelegate>(Plugin));
    }

    /// <inheritdoc cref="Resolver.PlanCall(string, object?[])"/>
    public CallPlan PlanCall(string name, params object?[] arguments)
    {
        var algorithm = _resolver.GetAlgorithm(name);
        var bound = CallArguments.Bind(algorithm, Resolver.Unpack(arguments));
        return _resolver.PlanValues(algorithm, bound, null, Plugin);
    }
}
