namespace Mlir.Dataflow;

/// <summary>Declares an abstract type, for which the marked type stands; <see cref="TypePropertyAttribute"/> lists its properties.</summary>
/// <param name="name">Its name; null for the marked type's.</param>
/// <example><code>
/// [AbstractType, TypeProperty("is_directed", true, false)]
/// public interface IGraph;
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class AbstractTypeAttribute(string? name = null) : Attribute
{
    /// <summary>Its name; null for the marked type's.</summary>
    public string? Name { get; } = name;

    /// <summary>The abstract types that a value of this one holds exactly one of, so that translators may take them out.</summary>
    public Type[] Components { get; init; } = [];
}
