using System.Collections.Immutable;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Compilers;

/// <summary>A compiler as a plugin author would write one, which does what a test asks of it.</summary>
/// <param name="compile">Makes the compiled task; null for one that calls the functions.</param>
internal sealed class TestCompiler(Func<Subgraph, CompiledTask>? compile = null) : ICompiler
{
    public string Name => "test";

    public bool RunsInParallel => false;

    /// <summary>What its runtime does when it is initialized.</summary>
    public Action Initialization { get; init; } = () => { };

    /// <summary>What was asked of it, in order.</summary>
    public List<string> Calls { get; } = [];

    public void InitializeRuntime()
    {
        Calls.Add("initialize");
        Initialization();
    }

    public void TeardownRuntime() => Calls.Add("teardown");

    public CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals)
    {
        Calls.Add($"algorithm {algorithm.Id} {string.Join(' ', literals.Select(l => $"{l.Key}={l.Value}"))}".TrimEnd());
        var next = 0;
        var task = new SubgraphTask(
            algorithm,
            [
                .. algorithm.Parameters.Select(
                    (p, i) =>
                        literals.TryGetValue(i, out var value)
                            ? new SubgraphOperand.Literal(value, p.Type)
                            : (SubgraphOperand)new SubgraphOperand.Input(next++)
                ),
            ],
            algorithm.Site
        );
        return Compile(new Subgraph([task]), [new SubgraphOperand.Result(0)]);
    }

    public CompiledTask CompileSubgraph(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        Calls.Add($"subgraph {subgraph}");
        return Compile(subgraph, outputs);
    }

    private CompiledTask Compile(Subgraph subgraph, ImmutableArray<SubgraphOperand> outputs) =>
        compile is null ? new Calling(new UncompiledSubgraph(subgraph, outputs)) : compile(subgraph);

    private sealed class Calling(UncompiledSubgraph subgraph) : CompiledTask
    {
        public override object?[] Invoke(ReadOnlySpan<object?> arguments) => subgraph.Run(arguments.ToArray());
    }
}
