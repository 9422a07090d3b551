using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What a plan is kept by.</summary>
internal sealed class PlanKey(PlanQuery query)
{
    public AbstractAlgorithm Algorithm { get; } = query.Algorithm;

    public ImmutableArray<Type> ArgumentTypes { get; } = [.. query.ArgumentTypes];

    public Type? ResultType { get; } = query.ResultType;

    public string? Plugin { get; } = query.Plugin;

    public PlanQuery Query => new(Algorithm, ArgumentTypes.AsSpan(), ResultType, Plugin);
}
