using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>
/// What values mean, whatever form they have. Translators connect its forms. Forms that translators connect without anybody declaring their abstract type
/// have an implicit one.
/// </summary>
public sealed class AbstractType
{
    internal AbstractType(
        string name,
        Type? marker,
        ImmutableSortedDictionary<string, ImmutableArray<object>> properties,
        ImmutableArray<Type> components = default
    )
    {
        Name = name;
        Marker = marker;
        Properties = properties;
        Components = components.IsDefault ? [] : components;
    }

    /// <summary>Its name; that of an implicit one lists its forms.</summary>
    public string Name { get; }

    /// <summary>The type that stands for it in signatures; null of an implicit one.</summary>
    public Type? Marker { get; }

    /// <summary>The properties that its values have, with all values of each.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<object>> Properties { get; }

    /// <summary>The abstract types, by their markers, that a value of this one holds exactly one of, so that a translator may take it out.</summary>
    public ImmutableArray<Type> Components { get; }

    /// <summary>Whether nobody declared it.</summary>
    public bool IsImplicit => Marker is null;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
