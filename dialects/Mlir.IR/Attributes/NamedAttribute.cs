namespace Mlir.IR;

/// <summary>An attribute under the name by which an operation or a dictionary holds it.</summary>
/// <param name="Name">The name; discardable attributes of dialects have a dot in it.</param>
/// <param name="Value">The attribute.</param>
public readonly record struct NamedAttribute(string Name, IrAttribute Value);
