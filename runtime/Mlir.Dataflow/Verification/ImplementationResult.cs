namespace Mlir.Dataflow;

/// <summary>What one implementation gave.</summary>
/// <param name="Name">The implementation's id, with the compiler if it was compiled.</param>
/// <param name="Value">The result.</param>
public sealed record ImplementationResult(string Name, object? Value);
