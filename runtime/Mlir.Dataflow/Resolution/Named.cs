namespace Mlir.Dataflow;

/// <summary>An argument for the parameter of a name, as C#'s <c>by: 2.0</c>.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The argument.</param>
/// <example><code>resolver.Run("example.scale", x, new Named("by", 2.0))</code></example>
public sealed record Named(string Name, object? Value);
