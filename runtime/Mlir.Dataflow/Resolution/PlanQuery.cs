namespace Mlir.Dataflow;

/// <summary>What a plan is looked up by, without anything on the heap.</summary>
internal readonly ref struct PlanQuery(
    AbstractAlgorithm algorithm,
    ReadOnlySpan<Type> argumentTypes,
    Type? resultType,
    string? plugin
)
{
    public AbstractAlgorithm Algorithm { get; } = algorithm;

    public ReadOnlySpan<Type> ArgumentTypes { get; } = argumentTypes;

    public Type? ResultType { get; } = resultType;

    public string? Plugin { get; } = plugin;
}
