namespace Mlir.Dataflow;

/// <summary>
/// Declares a form of an abstract type: on the type of the values, or on a <see cref="ConcreteType{T}"/>, which can also say what properties values have.
/// </summary>
/// <param name="abstractType">The type that stands for the abstract type.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ConcreteTypeAttribute(Type abstractType) : Attribute
{
    /// <summary>The type that stands for the abstract type.</summary>
    public Type AbstractType { get; } = abstractType;
}
