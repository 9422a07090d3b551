namespace Mlir.Dataflow;

/// <summary>
/// A property of an abstract type and the values that it can have; on a concrete type, the values that it can have in this form, or a property of
/// this form alone.
/// </summary>
/// <param name="name">The property's name.</param>
/// <param name="values">The values.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface,
    AllowMultiple = true,
    Inherited = false
)]
public sealed class TypePropertyAttribute(string name, params object[] values) : Attribute
{
    /// <summary>The property's name.</summary>
    public string Name { get; } = name;

    /// <summary>The values that it can have.</summary>
    public IReadOnlyList<object> Values { get; } = values;
}
