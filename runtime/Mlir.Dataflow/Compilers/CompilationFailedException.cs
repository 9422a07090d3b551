namespace Mlir.Dataflow;

/// <summary>A compiler cannot compile what it was given; the tasks run one by one instead.</summary>
public sealed class CompilationFailedException : Exception
{
    /// <summary>Says what cannot be compiled and why.</summary>
    public CompilationFailedException(string message, Exception? cause = null)
        : base(message, cause) { }
}
