namespace Mlir.Dataflow;

/// <summary>What a compiler made of an algorithm or a subgraph. Thread-safe.</summary>
public abstract class CompiledTask
{
    /// <summary>Runs the task.</summary>
    /// <param name="arguments">The inputs in order.</param>
    /// <returns>The outputs in order.</returns>
    /// <exception cref="CompilationFailedException">
    /// It turned out only now that the task cannot be compiled, for arguments of these shapes for example. Whoever runs the task falls back to its parts.
    /// Every other exception is the task's own.
    /// </exception>
    public abstract object?[] Invoke(ReadOnlySpan<object?> arguments);
}
