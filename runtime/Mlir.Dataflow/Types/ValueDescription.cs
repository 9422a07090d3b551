using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>What is known of a value.</summary>
public sealed class ValueDescription
{
    internal ValueDescription(
        Type type,
        AbstractType abstractType,
        ImmutableSortedDictionary<string, object> properties
    )
    {
        Type = type;
        AbstractType = abstractType;
        Properties = properties;
    }

    /// <summary>Its type.</summary>
    public Type Type { get; }

    /// <summary>What it is a form of.</summary>
    public AbstractType AbstractType { get; }

    /// <summary>Its properties.</summary>
    public ImmutableSortedDictionary<string, object> Properties { get; }

    /// <summary>As <c>EdgeList, a form of IGraph, is_directed = true</c>.</summary>
    public override string ToString()
    {
        var name = TypeName.Of(Type);
        var properties = Properties.Select(p => $", {p.Key} = {PropertyRequirement.Text(p.Value)}");
        return $"{name}{(AbstractType.Name == name ? "" : $", a form of {AbstractType}")}{string.Concat(properties)}";
    }
}
