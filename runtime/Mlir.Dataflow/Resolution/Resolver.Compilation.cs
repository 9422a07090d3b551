namespace Mlir.Dataflow;

public sealed partial class Resolver : IDisposable
{
    /// <summary>A resolver that knows the compilers <c>cpu</c> and <c>interpreter</c>, and nothing else yet.</summary>
    public Resolver()
    {
        Compilation = new TaskCompilation(new ResolverCompilers(this));
        AddCompiler(JitCompiler.Cpu());
        AddCompiler(JitCompiler.Interpreter());
    }

    /// <summary>How tasks are compiled.</summary>
    public CompilationOptions CompilationOptions
    {
        get => Compilation.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Compilation.Options = value;
        }
    }

    /// <summary>Is told of every failure of a compiler in immediate calls, which run the algorithm as it is instead.</summary>
    public event Action<FlowDiagnostic>? CompilerFailed;

    /// <summary>What was compiled for immediate calls and graphs; equal graphs find it here.</summary>
    internal TaskCompilation Compilation { get; }

    internal object? Invoke(TaskFunction function, object?[] arguments) =>
        function.Compiler is null ? function.Invoke(arguments) : Compilation.Invoke(function, arguments, Record);
}
