using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>Turns a value of one type into one of another type of the same abstract type.</summary>
public sealed class Translator : TaskFunction
{
    internal Translator(
        string id,
        string plugin,
        ImmutableArray<TaskParameter> parameters,
        Type resultType,
        double cost,
        LambdaExpression? expression,
        string? compiler,
        CallSite site,
        Func<object?[], object?> invoke
    )
        : base(id, plugin, parameters, resultType, expression, compiler, site, invoke) => Cost = cost;

    /// <summary>The type that it takes.</summary>
    public Type Source => Parameters[0].Type;

    /// <summary>The type that it gives.</summary>
    public Type Target => ResultType;

    /// <summary>What a step costs beside other steps: 1 unless the translator says otherwise.</summary>
    public double Cost { get; }

    // The same translator, called in another way and never compiled.
    internal Translator With(Func<object?[], object?> invoke) =>
        new(Id, Plugin, Parameters, ResultType, Cost, Expression, null, Site, invoke)
        {
            Member = Member,
            Registration = Registration,
            ResultRequirements = ResultRequirements,
        };
}
