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

    /// <summary>The properties that the result always has.</summary>
    public ImmutableArray<PropertyRequirement> ResultRequirements { get; internal init; } = [];

    // The full name of the member, for errors.
    internal string Member { get; init; } = "";

    // The call that registered it, counted from 0: functions of earlier calls go first.
    internal int Registration { get; init; }

    // As C# declares it, for errors and plans.
    internal string Signature =>
        $"{(Member.Length == 0 ? Id : Member)}({string.Join(", ", Parameters)}) → {TypeName.Of(ResultType)}";

    /// <summary>The function's id.</summary>
    public override string ToString() => Id;
}
