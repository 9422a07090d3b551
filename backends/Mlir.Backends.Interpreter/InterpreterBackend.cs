using Mlir.Lowering;

namespace Mlir.Backends.Interpreter;

/// <summary>The managed interpreter as a backend: works with nothing installed, and is the oracle for the others.</summary>
public static class InterpreterBackend
{
    /// <summary>The name under which the backend is chosen.</summary>
    public const string Name = "interpreter";

    /// <summary>The backend as a value.</summary>
    /// <param name="options">Limits on runs; null for none.</param>
    public static Backend Create(InterpreterOptions? options = null)
    {
        var limits = options ?? InterpreterOptions.Default;
        return new Backend(Name, Pipeline, module => InterpretedModule.Prepare(module, limits))
        {
            Options =
                limits == InterpreterOptions.Default
                    ? ""
                    : $"{limits.MaxSteps},{limits.MaxCallDepth},{limits.CancellationToken.GetHashCode()}",
        };
    }

    /// <summary>
    /// The processor's own way to loops, without vectors and threads: elementary functions are expanded and reductions are ordered
    /// as everywhere else, so that the bits are the same, while what vectorises and shares work is checked against plain loops.
    /// </summary>
    private static PassPipeline Pipeline { get; } = CpuLowering.PlainLoops;

    extension(CompilerBuilder compiler)
    {
        /// <summary>Adds the interpreter.</summary>
        /// <param name="options">Limits on runs; null for none.</param>
        public CompilerBuilder UseInterpreter(InterpreterOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(compiler);
            return compiler.Add(Create(options));
        }
    }
}
