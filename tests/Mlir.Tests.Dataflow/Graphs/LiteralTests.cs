using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>A task that is compiled alone is compiled for the literals that it takes, as long as these are few.</summary>
public sealed class LiteralTests
{
    private static class Plugin
    {
        [AbstractAlgorithm("literals.mix")]
        public delegate double Mix(double x, double y, double weight);

        [ConcreteAlgorithm("literals.mix", Compiler = "listening")]
        public static readonly Expression<Mix> Weighted = (x, y, weight) => x * weight + y * (1 - weight);
    }

    [Test]
    public async Task A_lone_task_is_compiled_for_its_literals_and_takes_the_rest_as_arguments()
    {
        var compiler = new ListeningCompiler();
        var flow = Build(compiler);
        var x = flow.Input(10.0, "x");
        var value = flow.Call<Plugin.Mix>(x, x, 0.25);

        Assert.That(await value.As<double>().ComputeAsync(), Is.EqualTo(10.0));
        Assert.That(compiler.Literals, Is.EqualTo(new[] { "2=0.25" }));
        Assert.That(await value.As<double>().ComputeAsync(optimized: false), Is.EqualTo(10.0));
        Assert.That(
            compiler.Literals,
            Is.EqualTo(new[] { "2=0.25", "" }),
            "task by task the function is compiled as it is"
        );
    }

    [Test]
    public async Task Equal_literals_are_compiled_once_and_different_ones_apart()
    {
        var compiler = new ListeningCompiler();
        var flow = Build(compiler);
        var values = new[] { 0.25, 0.5, 0.25 }
            .Select((weight, i) => (FlowValue)flow.Call<Plugin.Mix>(flow.Input((double)i), 8.0, weight))
            .ToArray();

        Assert.That(await flow.ComputeAsync(values), Is.EqualTo(new object[] { 6.0, 4.5, 6.5 }));
        Assert.That(compiler.Literals.Order(), Is.EqualTo(new[] { "1=8,2=0.25", "1=8,2=0.5" }));
    }

    [Test]
    public async Task A_function_with_many_different_literals_is_compiled_once_for_all()
    {
        var compiler = new ListeningCompiler();
        var flow = Build(compiler);
        var values = Enumerable
            .Range(0, 100)
            .Select(i => flow.Call<Plugin.Mix>(flow.Input(2.0), 0.0, (double)i))
            .ToArray();

        Assert.That(
            await flow.ComputeAsync(values),
            Is.EqualTo(Enumerable.Range(0, 100).Select(i => (object)(2.0 * i)))
        );
        Assert.That(compiler.Literals, Is.EqualTo(new[] { "" }));
    }

    private static Flow Build(ICompiler compiler) =>
        new(new Resolver().AddPlugin(typeof(Plugin)).AddCompiler(compiler));

    /// <summary>Compiles by .NET's own means and notes the literals that it is given.</summary>
    private sealed class ListeningCompiler : ICompiler
    {
        private readonly List<string> _literals = [];

        public IReadOnlyList<string> Literals => _literals;

        public string Name => "listening";

        public bool RunsInParallel => false;

        public void InitializeRuntime() { }

        public void TeardownRuntime() { }

        public CompiledTask CompileAlgorithm(TaskFunction algorithm, ImmutableSortedDictionary<int, object?> literals)
        {
            lock (_literals)
            {
                _literals.Add(
                    FormattableString.Invariant($"{string.Join(",", literals.Select(l => $"{l.Key}={l.Value}"))}")
                );
            }

            return new Compiled(algorithm.Expression!.Compile(), literals, algorithm.Parameters.Length);
        }

        public CompiledTask CompileSubgraph(
            Subgraph subgraph,
            ImmutableArray<Type> inputs,
            ImmutableArray<SubgraphOperand> outputs
        ) => throw new CompilationFailedException("one at a time, please");
    }

    private sealed class Compiled(Delegate run, ImmutableSortedDictionary<int, object?> literals, int parameters)
        : CompiledTask
    {
        public override object?[] Invoke(ReadOnlySpan<object?> arguments)
        {
            var all = new object?[parameters];
            var next = 0;
            for (var i = 0; i < parameters; i++)
            {
                all[i] = literals.TryGetValue(i, out var literal) ? literal : arguments[next++];
            }

            return [run.DynamicInvoke(all)];
        }
    }
}
