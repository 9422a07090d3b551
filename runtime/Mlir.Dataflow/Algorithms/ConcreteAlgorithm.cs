using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>An implementation of an algorithm.</summary>
public sealed class ConcreteAlgorithm : TaskFunction
{
    internal ConcreteAlgorithm(
        AbstractAlgorithm algorithm,
        string id,
        string plugin,
        ImmutableArray<TaskParameter> parameters,
        Type resultType,
        LambdaExpression? expression,
        string? compiler,
        CallSite site,
        Func<object?[], object?> invoke
    )
        : base(id, plugin, parameters, resultType, expression, compiler, site, invoke) => Algorithm = algorithm;

    /// <summary>What it implements.</summary>
    public AbstractAlgorithm Algorithm { get; }
}
