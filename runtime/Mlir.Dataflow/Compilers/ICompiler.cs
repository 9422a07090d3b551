using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Compiles the algorithms that name it: alone, and several at once.</summary>
public interface ICompiler
{
    /// <summary>The name by which algorithms ask for it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether one compiled task keeps all cores busy. Then whole subgraphs are fused where that saves more than it costs; otherwise only chains, so
    /// that tasks beside each other still run at the same time.
    /// </summary>
    bool RunsInParallel { get; }

    /// <summary>Prepares what compiled tasks need. Called before the first compilation; calling it again does nothing.</summary>
    void InitializeRuntime();

    /// <summary>Frees what <see cref="InitializeRuntime"/> prepared; calling it again does nothing. A later compilation initializes again.</summary>
    void TeardownRuntime();

    /// <summary>Compiles one algorithm.</summary>
    /// <param name="algorithm">The algorithm or translator.</param>
    /// <param name="literals">Arguments that are known now, by parameter position; the compiled task takes the others only.</param>
    /// <exception cref="CompilationFailedException">It cannot be compiled. Any other exception counts as the same.</exception>
    CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals);

    /// <summary>Compiles a subgraph into one task.</summary>
    /// <param name="subgraph">The tasks.</param>
    /// <param name="inputs">The types of the compiled task's arguments.</param>
    /// <param name="outputs">What the compiled task gives.</param>
    /// <exception cref="CompilationFailedException">It cannot be compiled. Any other exception counts as the same.</exception>
    CompiledTask CompileSubgraph(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    );
}
