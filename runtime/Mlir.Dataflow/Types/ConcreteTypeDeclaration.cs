namespace Mlir.Dataflow;

/// <summary>A type of values as a plugin declares it.</summary>
/// <param name="ConcreteType">What it can say of its values.</param>
/// <param name="Marker">The type that stands for its abstract type.</param>
/// <param name="Source">The full name of what declares it.</param>
internal sealed record ConcreteTypeDeclaration(ConcreteType ConcreteType, Type Marker, string Source);
