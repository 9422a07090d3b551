namespace Mlir.Remote;

/// <summary>An argument for the parameter of a name, as C#'s <c>rate: 0.03</c>.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The argument.</param>
public sealed record NamedArgument(string Name, object? Value);
