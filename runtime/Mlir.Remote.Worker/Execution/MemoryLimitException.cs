namespace Mlir.Remote.Worker.Execution;

/// <summary>A call asked for more memory than it may have.</summary>
/// <param name="message">How much, and how much it may have.</param>
internal sealed class MemoryLimitException(string message) : Exception(message);
