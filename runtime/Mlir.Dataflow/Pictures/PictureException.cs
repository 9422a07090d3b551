namespace Mlir.Dataflow;

/// <summary>A picture cannot be drawn as asked; the message says why, and what can be done.</summary>
public sealed class PictureException : Exception
{
    internal PictureException(string message, Exception? cause = null)
        : base(message, cause) { }
}
