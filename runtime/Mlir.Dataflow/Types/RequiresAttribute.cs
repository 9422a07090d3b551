namespace Mlir.Dataflow;

/// <summary>Requires a property of an argument, or promises one of the result.</summary>
/// <param name="property">The property's name.</param>
/// <param name="values">The values that it may have.</param>
/// <example><code>
/// [AbstractAlgorithm("graph.order")]
/// public delegate int[] TopologicalOrder([Requires("is_directed", true)] Graph graph);
/// </code></example>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Field | AttributeTargets.Property,
    AllowMultiple = true
)]
public sealed class RequiresAttribute(string property, params object[] values) : Attribute
{
    /// <summary>The property's name.</summary>
    public string Property { get; } = property;

    /// <summary>The values that it may have.</summary>
    public IReadOnlyList<object> Values { get; } = values;

    /// <summary>On a field or a property that holds a lambda: the parameter that is meant; null for the result.</summary>
    public string? Parameter { get; init; }
}
