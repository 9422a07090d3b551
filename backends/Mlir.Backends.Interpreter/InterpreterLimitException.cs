namespace Mlir.Backends.Interpreter;

/// <summary>A run took more steps than <see cref="InterpreterOptions.MaxSteps"/>.</summary>
public sealed class InterpreterLimitException : Exception
{
    /// <summary>An exception that says which limit was hit.</summary>
    public InterpreterLimitException(string message)
        : base(message) { }
}
