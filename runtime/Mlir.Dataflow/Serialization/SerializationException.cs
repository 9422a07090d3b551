namespace Mlir.Dataflow;

/// <summary>Something cannot be written down for another process, or what came from one is damaged or not allowed; the message says what.</summary>
public sealed class SerializationException : Exception
{
    internal SerializationException(string message, Exception? cause = null)
        : base(message, cause) { }
}
