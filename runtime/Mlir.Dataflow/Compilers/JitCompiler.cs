using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>
/// Compiles algorithms that are lambdas, and subgraphs of them, to kernels: one module for the whole subgraph, so that chains of elementwise
/// tasks become one loop and what lies between them never exists.
/// </summary>
/// <remarks>Variables that a lambda captures are read at every call. Large subgraphs become several kernels that run one after the other.</remarks>
public sealed class JitCompiler : ICompiler
{
    private readonly JitOptions _options;

    /// <summary>A compiler over one of the backends of <see cref="Jit"/>.</summary>
    /// <param name="name">The name by which algorithms ask for it.</param>
    /// <param name="options">How lambdas are compiled.</param>
    /// <param name="runsInParallel">Whether one kernel keeps all cores busy.</param>
    public JitCompiler(string name, JitOptions options, bool runsInParallel)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        (Name, _options, RunsInParallel) = (name, options, runsInParallel);
    }

    /// <summary>Machine code for this machine's processor; its kernels use all cores.</summary>
    public static JitCompiler Cpu() => new("cpu", new JitOptions { Target = "cpu" }, runsInParallel: true);

    /// <summary>The reference interpreter, which needs nothing installed; its kernels run on one core.</summary>
    public static JitCompiler Interpreter() =>
        new("interpreter", new JitOptions { Target = "interpreter" }, runsInParallel: false);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool RunsInParallel { get; }

    /// <summary>The most tasks that become one kernel; a larger subgraph is cut into several.</summary>
    /// <remarks>The time to compile grows a little faster than the number of tasks, and so does the harm that one failure does.</remarks>
    public int MaxTasksPerKernel { get; init; } = 512;

    /// <summary>Checks that the backend can be used on this machine, and starts loading it.</summary>
    /// <exception cref="CompilationFailedException">It cannot; the message says what to install.</exception>
    public void InitializeRuntime()
    {
        var backend = (_options.Compiler ?? Jit.Compiler).GetBackend(_options.Target);
        if (backend.WhyUnavailable() is { } reason && !_options.AllowInterpreter)
        {
            throw new CompilationFailedException($"the backend {backend.Name} cannot be used: {reason}");
        }

        backend.WarmUp();
    }

    /// <summary>Does nothing: machine code goes when nobody holds a compiled task any more.</summary>
    public void TeardownRuntime() { }

    /// <inheritdoc/>
    public CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(literals);
        var inputs = ImmutableArray.CreateBuilder<Type>();
        var arguments = ImmutableArray.CreateBuilder<SubgraphOperand>(algorithm.Parameters.Length);
        for (var i = 0; i < algorithm.Parameters.Length; i++)
        {
            var type = algorithm.Parameters[i].Type;
            if (literals.TryGetValue(i, out var literal))
            {
                arguments.Add(new SubgraphOperand.Literal(literal, literal?.GetType() ?? type));
            }
            else
            {
                arguments.Add(new SubgraphOperand.Input(inputs.Count));
                inputs.Add(type);
            }
        }

        return CompileSubgraph(
            new Subgraph([new SubgraphTask(algorithm, arguments.MoveToImmutable(), algorithm.Site)]),
            inputs.ToImmutable(),
            [new SubgraphOperand.Result(0)]
        );
    }

    /// <inheritdoc/>
    public CompiledTask CompileSubgraph(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        ArgumentNullException.ThrowIfNull(subgraph);
        var pieces = SubgraphPieces.Cut(subgraph, inputs, outputs, MaxTasksPerKernel);
        return new JitTask(
            pieces,
            // Side by side on all cores; equal pieces wait for one compilation.
            [.. pieces.Pieces.AsParallel().AsOrdered().Select(p => Jit.Compose(p.Composition, _options))],
            inputs.Length,
            outputs
        );
    }
}
