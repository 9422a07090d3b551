namespace Mlir.Dataflow;

/// <summary>No implementation, no translation, or no such algorithm for what was asked for; the message says why.</summary>
public sealed class DispatchException : Exception
{
    internal DispatchException(string message, Exception? cause = null)
        : base(message, cause) { }
}
