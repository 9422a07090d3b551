using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A function that a plugin provides and that a task can carry out: an implementation of an algorithm, or a translator.</summary>
public abstract class TaskFunction
{
    private protected TaskFunction(
        string id,
        string plugin,
        ImmutableArray<TaskParameter> parameters,
        Type resultType,
        LambdaExpression? expression,
        string? compiler,
        CallSite site,
        Func<object?[], object?> invoke
    )
    {
        Id = id;
        Plugin = plugin;
        Parameters = parameters;
        ResultType = resultType;
        Expression = expression;
        Compiler = compiler;
        Site = site;
        Invoke = invoke;
    }

    /// <summary>The function's name in the registry, the same in every process: the plugin's name, a dot, the member's.</summary>
    public string Id { get; }

    /// <summary>The plugin's name.</summary>
    public string Plugin { get; }

    /// <summary>The parameters.</summary>
    public ImmutableArray<TaskParameter> Parameters { get; }

    /// <summary>The type of the result; several results are a tuple.</summary>
    public Type ResultType { get; }

    /// <summary>The lambda, of a function that can be compiled.</summary>
    public LambdaExpression? Expression { get; }

    /// <summary>The name of the compiler that is asked to compile the function; null where it runs as it is.</summary>
    public string? Compiler { get; }

    /// <summary>Where the function stands in the source, as far as is known.</summary>
    public CallSite Site { get; }

    /// <summary>Runs the function as it is, not compiled. Exceptions of the function come through unchanged.</summary>
    public Func<object?[], object?> Invoke { get; }

    /// <summary>The function's id.</summary>
    public override string ToString() => Id;
}
