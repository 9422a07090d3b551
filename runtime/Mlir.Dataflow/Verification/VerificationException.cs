namespace Mlir.Dataflow;

/// <summary>A check of a plugin failed. Every test framework takes it for a failed test.</summary>
public sealed class VerificationException : Exception
{
    internal VerificationException(string message, Exception? cause = null)
        : base(message, cause) { }
}
