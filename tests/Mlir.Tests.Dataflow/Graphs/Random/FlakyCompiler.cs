using System.Collections.Immutable;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs.Random;

/// <summary>A compiler that calls the functions, and that fails in every way that a compiler can, at random but reproducibly.</summary>
internal sealed class FlakyCompiler(string name, bool runsInParallel, int seed) : ICompiler
{
    private readonly Lock _lock = new();
    private readonly System.Random _random = new(seed);

    public string Name => name;

    public bool RunsInParallel => runsInParallel;

    public void InitializeRuntime()
    {
        if (Draw(20) == 0)
        {
            throw new InvalidOperationException("no runtime today");
        }
    }

    public void TeardownRuntime() { }

    public CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals)
    {
        var next = 0;
        ImmutableArray<SubgraphOperand> arguments =
        [
            .. algorithm.Parameters.Select(
                (p, i) =>
                    literals.TryGetValue(i, out var value)
                        ? new SubgraphOperand.Literal(value, p.Type)
                        : (SubgraphOperand)new SubgraphOperand.Input(next++)
            ),
        ];
        return Compile(
            new Subgraph([new SubgraphTask(algorithm, arguments, algorithm.Site)]),
            [new SubgraphOperand.Result(0)]
        );
    }

    public CompiledTask CompileSubgraph(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    ) => Compile(subgraph, outputs);

    private CompiledTask Compile(Subgraph subgraph, ImmutableArray<SubgraphOperand> outputs)
    {
        foreach (var task in subgraph.Tasks)
        {
            if (task.Function.Compiler != name)
            {
                throw new InvalidOperationException($"{task.Function.Id} is not for {name}");
            }
        }

        return Draw(8) switch
        {
            0 => throw new CompilationFailedException("cannot"),
            1 => throw new InvalidCastException("a bug"),
            2 => null!,
            3 => new Task(subgraph, outputs, fails: true, tooFew: false),
            4 => new Task(subgraph, outputs, fails: false, tooFew: true),
            _ => new Task(subgraph, outputs, fails: false, tooFew: false),
        };
    }

    private int Draw(int below)
    {
        lock (_lock)
        {
            return _random.Next(below);
        }
    }

    private sealed class Task(Subgraph subgraph, ImmutableArray<SubgraphOperand> outputs, bool fails, bool tooFew)
        : CompiledTask
    {
        private readonly UncompiledSubgraph _tasks = new(subgraph, outputs);

        public override object?[] Invoke(ReadOnlySpan<object?> arguments) =>
            fails ? throw new CompilationFailedException("only for other sizes")
            : tooFew ? []
            : _tasks.Run(arguments.ToArray());
    }
}
